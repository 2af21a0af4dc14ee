/** What the columns of a members' file hold, by their English or Japanese names; columns of any other name are attributes. */
import type { MemberStatus } from "../lists/member.ts";

export type MemberColumns = {
  readonly count: number;
  readonly address: number;
  readonly name: number | undefined;
  readonly status: number | undefined;
  readonly attributes: readonly { readonly index: number; readonly name: string }[];
};

type Role = "address" | "name" | "status";

const roleNames: Readonly<Record<Role, readonly string[]>> = {
  address: [
    "address",
    "email",
    "e-mail",
    "mail",
    "email address",
    "e-mail address",
    "mail address",
    "メールアドレス",
    "アドレス",
    "メール",
    "eメール",
    "電子メール",
  ],
  name: ["name", "full name", "氏名", "名前", "お名前"],
  status: ["status", "state", "状態", "ステータス"],
};

const statusNames: Readonly<Record<MemberStatus, readonly string[]>> = {
  waiting: ["waiting", "確認待ち", "仮登録"],
  active: ["active", "有効", "配信中", "登録済み"],
  paused: ["paused", "一時停止", "配信の一時停止"],
  bounced: ["bounced", "不達"],
  left: ["left", "登録解除", "退会"],
};

/** Reads the first line; in words, without a full stop, what is wrong with it. */
export function readMemberColumns(titles: readonly string[]): MemberColumns | string {
  const named = titles.map((title, index) => ({ index, name: title.trim(), role: roleOf(title) }));
  const place = (role: Role): readonly number[] =>
    named.filter((column) => column.role === role).map((column) => column.index);
  const attributes = named
    .filter((column) => column.role === undefined && column.name !== "")
    .map(({ index, name }) => ({ index, name }));
  const [address] = place("address");
  if (address === undefined)
    return "the first line must name the columns, and one of them must be address or メールアドレス";
  const twice = [
    ...Map.groupBy(
      named.filter((column) => column.name !== ""),
      (column) => column.role ?? column.name,
    ),
  ].find(([, same]) => same.length > 1);
  if (twice !== undefined)
    return `two columns are ${twice[0]}: ${twice[1].map((column) => `"${column.name}"`).join(" and ")}`;
  return { count: titles.length, address, name: place("name")[0], status: place("status")[0], attributes };
}

/** Undefined for what is no status in either language. */
export function readMemberStatus(text: string): MemberStatus | undefined {
  const wanted = plain(text);
  return (Object.keys(statusNames) as MemberStatus[]).find((status) => statusNames[status].includes(wanted));
}

/** Whether a column of this name would be something else than an attribute. */
export function isReservedColumn(name: string): boolean {
  return roleOf(name) !== undefined;
}

function roleOf(title: string): Role | undefined {
  const name = plain(title);
  return (Object.keys(roleNames) as Role[]).find((role) => roleNames[role].includes(name));
}

/** Full-width letters as half-width ones, half-width kana as full-width ones. */
function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
