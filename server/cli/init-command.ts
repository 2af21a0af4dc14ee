/** `kairan init`: from nothing to a server that can be started, with its first owner; asks on a terminal, or takes it all from options. */
import { writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { defaultSettings, listAddress } from "../lists/mailing-list.ts";
import { isUsername } from "../lists/username.ts";
import { displayAddress, parseAddress } from "../mail/address.ts";
import { linkUrl } from "../notices/sign-in-mail.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import { listNameFault } from "../lists/list-address.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import { CommandError, failure, wrongUse } from "./command-error.ts";
import type { Command, OptionRule } from "./command.ts";
import { dnsRecords, initReport } from "./init-report.ts";
import { draftText, emptyDraft, faultOf, steps } from "./init-config.ts";
import type { Draft, Step } from "./init-config.ts";
import { Questions } from "./questions.ts";
import type { Question } from "./questions.ts";
import { readAddress } from "./read-address.ts";
import { readListName } from "./read-list-name.ts";
import { readUsername } from "./read-username.ts";

/** 24 hours, as `admin link`. */
const linkMs = 86_400_000;

const stepOptions: Readonly<Record<string, OptionRule>> = Object.fromEntries(
  steps.map(({ option, text }) => [option, { type: "string", says: text }]),
);

export const initCommand: Command = {
  words: "init",
  operands: [],
  options: {
    yes: { type: "boolean", says: "ask nothing: take the options, and what would be proposed" },
    ...stepOptions,
    owner: { type: "string", value: "USER", says: "user name of the first owner" },
    address: { type: "string", value: "A", says: "the owner's mail address" },
    list: { type: "string", value: "NAME", says: "a first list, which the owner may post to" },
    force: { type: "boolean", says: "write the configuration anew though there is one" },
  },
  summary:
    "Writes config.json, makes the database and the first owner, and prints a link that signs in once, the DNS records and what to do next.",
  changes: true,
  run: init,
};

async function init(call: Call): Promise<Answer> {
  const asks = !call.flag("yes");
  if (asks && call.io.stdin.isTTY !== true)
    throw wrongUse("init asks questions on a terminal; without one give --yes and options, see kairan init --help");
  const questions = asks ? new Questions(call.io) : undefined;
  try {
    const file = resolve(call.io.cwd, call.text("config") ?? "config.json");
    const isNew = !existsSync(file) || call.flag("force");
    // All is asked before anything is written.
    const draft = isNew ? await askDraft(call, questions) : undefined;
    const wish = await askOwner(call, questions, draft);
    if (draft !== undefined && questions !== undefined) await agree(questions, { call, file, draft });
    if (draft !== undefined) await writeConfig(file, draft, call.flag("force"));
    return await finish(call, { file, isNew, wish });
  } finally {
    questions?.close();
  }
}

/** One step after the other: each may propose what those before it make likely. */
async function askDraft(call: Call, questions: Questions | undefined): Promise<Draft> {
  let draft = emptyDraft;
  for (const step of steps) {
    if (step.applies?.(draft) === false && call.text(step.option) === undefined) continue;
    draft = step.put(draft, await answerTo(call, questions, { step, draft }));
  }
  return draft;
}

async function answerTo(
  call: Call,
  questions: Questions | undefined,
  { step, draft }: { readonly step: Step; readonly draft: Draft },
): Promise<string> {
  return answer(call, questions, {
    option: step.option,
    text: step.text,
    proposal: step.proposal(draft),
    hidden: step.hidden === true,
    fault: (typed) => faultOf(step.put(draft, typed), step.key),
  });
}

/** The option's value where it was given, else what is answered, else what is proposed. */
async function answer(
  call: Call,
  questions: Questions | undefined,
  { option, ...question }: Question & { readonly option: string },
): Promise<string> {
  const given = call.text(option);
  if (given === undefined && questions !== undefined) return questions.ask(question);
  const text = given ?? question.proposal;
  const fault = question.fault(text);
  if (fault !== undefined) throw wrongUse(`--${option}: ${fault}`);
  return text;
}

type Wish = { readonly owner: string; readonly address: string; readonly list: string };

/** Undefined where there is an owner already, and nothing is to be done. */
async function askOwner(
  call: Call,
  questions: Questions | undefined,
  draft: Draft | undefined,
): Promise<Wish | undefined> {
  if (draft === undefined && (await ownersOf(call)).length > 0) return undefined;
  const hostname = draft?.hostname ?? (await call.open()).config.hostname;
  const owner = await answer(call, questions, {
    option: "owner",
    text: "User name of the first owner, who may do everything",
    proposal: "admin",
    fault: (typed) => (isUsername(typed) ? undefined : faultSaid(() => readUsername(typed))),
  });
  const address = await answer(call, questions, {
    option: "address",
    text: "The owner's mail address",
    // On a terminal somebody knows a better one.
    proposal: questions === undefined ? `${owner.replace(/@.*/, "")}@${hostname}` : "",
    fault: (typed) => (parseAddress(typed) === undefined ? "write an address such as name@example.org" : undefined),
  });
  const list = await answer(call, questions, {
    option: "list",
    text: "Name of a first list (none: later)",
    proposal: "none",
    fault: (typed) =>
      typed === "none" || listNameFault(typed) === undefined ? undefined : faultSaid(() => readListName(typed)),
  });
  return { owner, address: displayAddress(readAddress(address)), list: list === "none" ? "" : list };
}

function faultSaid(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

async function agree(
  questions: Questions,
  { call, file, draft }: { readonly call: Call; readonly file: string; readonly draft: Draft },
): Promise<void> {
  call.io.err(`\n${draftText(draft, { isShown: true })}\n`);
  if (!(await questions.isAgreed(`Write this to ${file}?`))) throw failure("nothing was written");
}

/** For the eyes of this account only: the relay's password is in it. */
async function writeConfig(file: string, draft: Draft, force: boolean): Promise<void> {
  await writeFile(file, draftText(draft, { isShown: false }), { mode: 0o600, flag: force ? "w" : "wx" });
}

async function ownersOf(call: Call): Promise<readonly Account[]> {
  const { store } = await call.open();
  return (await store.accounts.all()).filter((account) => account.isOwner);
}

function configOption(call: Call, file: string): string {
  return file === call.path("config.json") ? "" : ` --config ${file}`;
}

async function finish(
  call: Call,
  { file, isNew, wish }: { readonly file: string; readonly isNew: boolean; readonly wish: Wish | undefined },
): Promise<Answer> {
  const { store, config } = await call.open();
  const owners = await ownersOf(call);
  const [there] = owners;
  const made = there === undefined && wish !== undefined ? await makeOwner(call, wish) : undefined;
  const list = wish === undefined ? undefined : await makeList(call, config, wish);
  const owner = made?.account.username ?? there?.username ?? "";
  const hasLists = (await store.lists.summaries()).length > 0;
  const report = { file, option: configOption(call, file), isNew, config, owner, link: made?.link, list, hasLists };
  return said(initReport(report), {
    config: file,
    database: config.database,
    owner,
    link: made?.link ?? null,
    list: list ?? null,
    dns: dnsRecords(config),
  });
}

async function makeOwner(
  call: Call,
  { owner, address }: Wish,
): Promise<{ readonly account: Account; readonly link: string }> {
  const { store, config } = await call.open();
  const account = await store.accounts.add(
    { username: owner, address: readAddress(address), passwordHash: undefined, isOwner: true, listIds: [] },
    call.now,
  );
  if (account === undefined) throw failure(`there is an account "${owner}" already, which is no owner: choose another`);
  return { account, link: linkUrl(config, await store.accounts.makeLink(account.id, call.now + linkMs)) };
}

/** Its address; undefined where none is wished for. */
async function makeList(call: Call, config: Config, { list: name, address }: Wish): Promise<string | undefined> {
  if (name === "") return undefined;
  const { store } = await call.open();
  const domain = config.domains[0] ?? config.hostname;
  const list = await store.lists.create({ ...defaultSettings, name, domain, title: name, createdAt: call.now });
  if (list !== undefined) await store.senders.add(list.id, { addresses: [readAddress(address)], name: "" }, call.now);
  return listAddress({ name, domain });
}
