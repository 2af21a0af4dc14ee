/** What people asked for and have not confirmed yet, or have. */
import type { Generated } from "kysely";
import type { RequestEnd, RequestKind } from "../../lists/request.ts";

export type JoiningTables = {
  request: {
    id: Generated<number>;
    kind: RequestKind;
    list_id: number;
    membership_id: number;
    secret: Buffer;
    address: string;
    canonical: string;
    content: Generated<string>;
    created_at: number;
    expires_at: number;
    delivery_id: number | null;
    done_at: number | null;
    done_by: RequestEnd | null;
  };
  outlived_request: { id: number; list_id: number; kind: RequestKind; secret: Buffer; ended_at: number };
  provoked_mail: { id: Generated<number>; canonical: string; kind: string; at: number };
};
