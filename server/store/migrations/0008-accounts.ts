/** Accounts that are invited and locked out by mail, and forms that came after the sign-in had ended. */
import { ddl } from "./ddl.ts";

export const accounts = ddl(`
-- An account's mail goes to this address, whoever may change the person's: a list's administrators edit senders, and must not
-- become an owner by giving the owner's person an address of their own.
ALTER TABLE account ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN canonical TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN signed_in_at {int};
-- invitation_id, by name only, is the mail that brought the last link.
ALTER TABLE account ADD COLUMN invited_at {int};
ALTER TABLE account ADD COLUMN invitation_id {int};
UPDATE account SET
  address = coalesce((SELECT a.address FROM address a WHERE a.person_id = account.person_id ORDER BY a.id LIMIT 1), ''),
  canonical = coalesce((SELECT a.canonical FROM address a WHERE a.person_id = account.person_id ORDER BY a.id LIMIT 1), '');
CREATE INDEX account_canonical ON account (canonical);
CREATE INDEX signin_link_expiry ON signin_link (expires_at);

-- What was typed when the session was over already, for whoever signs in again in the same browser.
CREATE TABLE kept_form (
  id {id}, hash TEXT NOT NULL UNIQUE, place TEXT NOT NULL, fields TEXT NOT NULL, expires_at {int} NOT NULL
) {strict};
CREATE INDEX kept_form_expiry ON kept_form (expires_at);
`);
