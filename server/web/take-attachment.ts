/** The file that may come with the composer's form: it is kept before the fields behind it are known. */
import { blankContent, isWrittenIn } from "../lists/composition.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import type { Words } from "../words/en.ts";
import { keepAttachment, mostAttachments } from "./keep-attachment.ts";
import type { AttachmentFault } from "./keep-attachment.ts";
import type { PanelContext, SignedIn } from "./panel-context.ts";
import type { WebParts } from "./web-parts.ts";

export type TakenAttachment = {
  /** A new draft, made for the file. */
  readonly composition?: Composition;
  readonly faults: Readonly<Record<string, string>>;
};

export async function takeAttachment(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  before: Composition | undefined,
): Promise<TakenAttachment> {
  const { store, clock, config } = parts;
  const { upload, account, form, words } = ctx.state;
  if (upload === undefined || (before !== undefined && !isWrittenIn(before))) return { faults: {} };
  const made = { accountId: account.id, kind: "draft" as const, title: "", content: blankContent };
  const composition = before ?? (await store.compositions.create(made, clock.now()));
  const fault = await keepAttachment(parts, composition.id, upload);
  await upload.whole;
  if (before === undefined) form.set("edition", String(composition.edition));
  const faults = fault === undefined ? {} : { file: faultText(fault, words, config.smtp.maxMessageBytes) };
  return before === undefined ? { composition, faults } : { faults };
}

export function faultText(fault: AttachmentFault, { attaching: w, mail }: Words, mostOctets: number): string {
  if (fault === "too-many") return w.tooMany(mostAttachments);
  return fault === "empty" ? w.empty : w.tooLarge(mail.size(mostOctets));
}
