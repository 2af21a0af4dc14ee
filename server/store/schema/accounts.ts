/** Who may sign in to the panel, and what they run. */
import type { Generated } from "kysely";
import type { Language } from "../../lists/mailing-list.ts";

export type AccountsTables = {
  account: {
    id: Generated<number>;
    person_id: number;
    username: string;
    password_hash: string | null;
    is_owner: number;
    language: Language | null;
    created_at: number;
    address: Generated<string>;
    canonical: Generated<string>;
    signed_in_at: Generated<number | null>;
    invited_at: Generated<number | null>;
    invitation_id: Generated<number | null>;
  };
  administrator: { list_id: number; account_id: number };
  kept_form: { id: Generated<number>; hash: string; place: string; fields: string; expires_at: number };
  signin_link: { hash: string; account_id: number; expires_at: number; used_at: number | null };
  session: { hash: string; account_id: number | null; content: string; expires_at: number };
};
