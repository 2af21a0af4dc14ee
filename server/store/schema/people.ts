/** Persons, their addresses, and on which lists they may post. */
import type { Generated } from "kysely";
import type { Language } from "../../lists/mailing-list.ts";

export type PeopleTables = {
  person: {
    id: Generated<number>;
    name: string;
    language: Language | null;
    timezone: Generated<string | null>;
    created_at: number;
  };
  address: { id: Generated<number>; person_id: number; address: string; canonical: string; created_at: number };
  former_person: { membership_id: number; person_id: number };
  poster: { list_id: number; person_id: number; created_at: number };
};
