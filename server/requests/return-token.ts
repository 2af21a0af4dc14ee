/** The token of the way back: good for one leaving only, so that the link of an old goodbye undoes no later one. */
import { makeToken, tokenMatches } from "../mail/token.ts";

export type OneLeaving = { readonly id: number; readonly secret: Buffer; readonly leftAt: number };

export function returnToken({ id, secret, leftAt }: OneLeaving): string {
  return makeToken({ purpose: "return", id, secret: secretOf(secret, leftAt) });
}

export function isReturnToken(token: string, { id, secret, leftAt }: OneLeaving): boolean {
  return tokenMatches(token, { purpose: "return", id, secret: secretOf(secret, leftAt) });
}

/** Of a fixed length, as tokens ask. */
function secretOf(secret: Buffer, leftAt: number): Buffer {
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(leftAt));
  return Buffer.concat([secret, moment]);
}
