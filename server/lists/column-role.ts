/** Columns of members' files that are no attributes, by their English or Japanese names. */

export type ColumnRole = "address" | "name" | "status";

const roleNames: Readonly<Record<ColumnRole, readonly string[]>> = {
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

/** Undefined: a column of this name is an attribute. */
export function roleOf(title: string): ColumnRole | undefined {
  const name = plainTitle(title);
  return (Object.keys(roleNames) as ColumnRole[]).find((role) => roleNames[role].includes(name));
}

/** Full-width letters as half-width ones, half-width kana as full-width ones. */
export function plainTitle(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
