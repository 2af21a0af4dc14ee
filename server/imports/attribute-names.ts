/** Every attribute that any member has, in the order in which they first come: columns must be known before the first row. */
import type { Member } from "../lists/member.ts";

export async function attributeNames(pages: AsyncIterable<readonly Member[]>): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const page of pages) {
    for (const member of page) for (const name of Object.keys(member.attributes)) names.add(name);
  }
  return [...names];
}
