/** Where in a post the server's own lines go: into the text that people read, beside it, or nowhere. */
import type { MimePart } from "./mime-tree.ts";

export type FooterPlace =
  /** At the end of these parts; at least one of them is there. */
  | { readonly kind: "inside"; readonly plain: MimePart | undefined; readonly html: MimePart | undefined }
  /** As a part of its own after all that the author wrote. */
  | { readonly kind: "beside" }
  | { readonly kind: "nowhere" };

/**
 * A signed post gets its footer beside it, since one octet more inside would break the signature while readers do check a signed
 * part of a mixed message. An encrypted one gets none: most readers decrypt only a message that is nothing else.
 */
export function findFooterPlace(root: MimePart): FooterPlace {
  if (isEncrypted(root)) return { kind: "nowhere" };
  const { plain, html } = findTexts(root, true);
  return plain === undefined && html === undefined ? { kind: "beside" } : { kind: "inside", plain, html };
}

/** Opaque signatures of S/MIME are among them: they can be read only as a whole too. */
function isEncrypted(root: MimePart): boolean {
  return root.type === "multipart/encrypted" || /^application\/(?:x-)?pkcs7-mime$/.test(root.type);
}

type Texts = { readonly plain: MimePart | undefined; readonly html: MimePart | undefined };

const none: Texts = { plain: undefined, html: undefined };

/** Files are never texts, whatever their type; only a whole message is read although it has a file's name. */
function findTexts(part: MimePart, isRoot: boolean): Texts {
  const isFile = part.disposition === "attachment" || (part.named && !isRoot);
  if (part.type === "text/plain" && !isFile) return { plain: part, html: undefined };
  if (part.type === "text/html" && !isFile) return { plain: undefined, html: part };
  return isOpen(part) ? findBelow(part) : none;
}

/** What is sealed, or speaks for itself as a report, is not read for texts. */
function isOpen(part: MimePart): boolean {
  return part.type.startsWith("multipart/") && part.type !== "multipart/report" && !isSealed(part);
}

function findBelow(part: MimePart): Texts {
  const found = part.children.map((child) => findTexts(child, false));
  if (part.type !== "multipart/alternative") return found.find(isText) ?? none;
  return { plain: found.find((texts) => texts.plain)?.plain, html: found.find((texts) => texts.html)?.html };
}

function isText(texts: Texts): boolean {
  return texts.plain !== undefined || texts.html !== undefined;
}

/** Whether a part's octets are under a signature, so that nothing in them may change but line ends. */
export function isSealed(part: MimePart): boolean {
  return part.type === "multipart/signed" || part.type === "multipart/encrypted";
}
