/** A thread for tests: says which one it is, never answers, or takes all the memory there is. */
import { parentPort, threadId } from "node:worker_threads";
import { loaded } from "../../server/mail/apart.ts";

export type OddRequest = { readonly does: "answer" | "nothing" | "throw" | "grow" };
export type OddAnswer = { readonly thread: number };

parentPort?.on("message", ({ does }: OddRequest) => {
  if (does === "answer") parentPort?.postMessage({ thread: threadId });
  if (does === "throw") throw new Error("thrown in a thread");
  const kept: number[][] = [];
  while (does === "grow") kept.push(Array.from({ length: 100_000 }, (_, at) => at));
});
parentPort?.postMessage(loaded);
