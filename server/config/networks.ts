/** Networks of clients: whether one is among those that are trusted, and which neighbours share a client's limits. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Says of an IP address whether it is in one of these addresses and networks, such as "10.0.0.0/8". */
export function networksOf(list: readonly string[]): (client: string) => boolean {
  const networks = new BlockList();
  for (const network of list) {
    const [base = "", length] = network.split("/");
    const family = isIPv6(base) ? "ipv6" : "ipv4";
    networks.addSubnet(base, length === undefined ? (family === "ipv6" ? 128 : 32) : Number(length), family);
  }
  return (client) => networks.check(client, isIPv6(client) ? "ipv6" : "ipv4");
}

/** What one provider gives to one customer: the /24 of an IPv4 address, the /48 of an IPv6 one. */
export function networkOf(client: string): string {
  const address = client.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (isIPv4(address)) return address.split(".").slice(0, 3).join(".");
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...after];
  return all
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
