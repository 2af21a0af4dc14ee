/** What somebody asked for by mail or page, and a token that was mailed to them confirms. */

/**
 * `join`: to become a member; `edit`: to see and change one's own data; `address`: that mail goes to this new address;
 * `address-back`: the old address takes that back; `second`: that this is a further address of the member.
 */
export type RequestKind = "join" | "edit" | "address" | "address-back" | "second";

/** Who settled it: the person by a reply or on the page, an administrator (who may also dismiss it), or a newer request of the kind. */
export type RequestEnd = "reply" | "page" | "administrator" | "dismissed" | "superseded";
