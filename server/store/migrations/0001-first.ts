/** The first layout: lists, people, messages, posts, deliveries, accounts. */
import { ddl } from "./ddl.ts";

export const first = ddl(`
CREATE TABLE person (
  id {id}, name TEXT NOT NULL, language TEXT, created_at {int} NOT NULL
) {strict};

-- canonical is how addresses are compared: local part unquoted, everything lower case. One address is one person's.
CREATE TABLE address (
  id {id}, person_id {int} NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  address TEXT NOT NULL, canonical TEXT NOT NULL UNIQUE, created_at {int} NOT NULL
) {strict};
CREATE INDEX address_of_person ON address (person_id);

CREATE TABLE list (
  id {id}, name TEXT NOT NULL, domain TEXT NOT NULL, title TEXT NOT NULL, language TEXT, timezone TEXT,
  posting TEXT NOT NULL CHECK (posting IN ('senders', 'members', 'members-held')),
  proof TEXT NOT NULL, reply_to TEXT NOT NULL CHECK (reply_to IN ('owner', 'author', 'list')),
  prefix TEXT NOT NULL, own_copy {int} NOT NULL, cooloff_ms {int} NOT NULL,
  last_number {int} NOT NULL DEFAULT 0, created_at {int} NOT NULL, UNIQUE (domain, name)
) {strict};

-- active_since / inactive_since say who was active at a moment: the recipients of a post are those active at its acceptance.
CREATE TABLE membership (
  id {id}, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE,
  person_id {int} NOT NULL REFERENCES person (id), version_id {int},
  status TEXT NOT NULL CHECK (status IN ('waiting', 'active', 'paused', 'bounced', 'left')),
  secret {blob} NOT NULL, active_since {int}, inactive_since {int}, created_at {int} NOT NULL,
  UNIQUE (list_id, person_id)
) {strict};
-- With the status, so that members are counted from the index alone.
CREATE INDEX membership_of_list ON membership (list_id, id, status);
CREATE INDEX membership_of_person ON membership (person_id);

-- A delivery points at the version of the membership as it was at sending.
CREATE TABLE membership_version (
  id {id}, membership_id {int} NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
  address TEXT NOT NULL, name TEXT NOT NULL, attributes TEXT NOT NULL, created_at {int} NOT NULL
) {strict};
CREATE INDEX version_of_membership ON membership_version (membership_id);

CREATE TABLE poster (
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, person_id {int} NOT NULL REFERENCES person (id),
  created_at {int} NOT NULL, PRIMARY KEY (list_id, person_id)
) {strict};
CREATE INDEX poster_of_person ON poster (person_id);

CREATE TABLE account (
  id {id}, person_id {int} NOT NULL REFERENCES person (id), username TEXT NOT NULL UNIQUE, password_hash TEXT,
  is_owner {int} NOT NULL, language TEXT, created_at {int} NOT NULL
) {strict};
CREATE INDEX account_of_person ON account (person_id);
CREATE TABLE administrator (
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE,
  account_id {int} NOT NULL REFERENCES account (id) ON DELETE CASCADE, PRIMARY KEY (list_id, account_id)
) {strict};
CREATE INDEX administrator_account ON administrator (account_id);
CREATE TABLE signin_link (
  hash TEXT PRIMARY KEY, account_id {int} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  expires_at {int} NOT NULL, used_at {int}
) {strict};
CREATE INDEX signin_link_account ON signin_link (account_id);
CREATE TABLE session (
  hash TEXT PRIMARY KEY, account_id {int} REFERENCES account (id) ON DELETE CASCADE,
  content TEXT NOT NULL, expires_at {int} NOT NULL
) {strict};
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires_at);

-- The received octets, never changed, in pieces of 256 KB. complete = 0 while they arrive; what stays so is swept at start.
CREATE TABLE message (
  id {id}, fingerprint TEXT, message_id_field TEXT NOT NULL, mail_from TEXT NOT NULL, size {int} NOT NULL,
  received_at {int} NOT NULL, complete {int} NOT NULL
) {strict};
CREATE INDEX message_fingerprint ON message (fingerprint);
CREATE INDEX message_arriving ON message (id) WHERE complete = 0;
CREATE TABLE message_chunk (
  message_id {int} NOT NULL REFERENCES message (id) ON DELETE CASCADE, seq {int} NOT NULL, bytes {blob} NOT NULL,
  PRIMARY KEY (message_id, seq)
) {strict};

CREATE TABLE post (
  id {id}, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, message_id {int} NOT NULL REFERENCES message (id),
  number {int} NOT NULL, fingerprint TEXT NOT NULL, poster_id {int} REFERENCES person (id),
  author_address TEXT NOT NULL, author_name TEXT NOT NULL, subject TEXT NOT NULL,
  disposition TEXT NOT NULL CHECK (disposition IN ('accepted', 'held', 'rejected')), asks_confirmation {int} NOT NULL,
  accepted_at {int} NOT NULL, starts_at {int} NOT NULL, rank_base {int}, expanded_to {int} NOT NULL DEFAULT 0,
  recipients {int} NOT NULL DEFAULT 0, expanded_at {int}, stopped_at {int}, UNIQUE (list_id, number)
) {strict};
CREATE INDEX post_of_list ON post (list_id, id);
CREATE INDEX post_of_message ON post (message_id);
CREATE INDEX post_of_poster ON post (poster_id);
CREATE INDEX post_fingerprint ON post (list_id, fingerprint);
CREATE INDEX post_unexpanded ON post (starts_at) WHERE expanded_at IS NULL AND disposition = 'accepted';
CREATE INDEX post_stopped ON post (stopped_at) WHERE stopped_at IS NOT NULL;

CREATE TABLE tally (
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE, state TEXT NOT NULL, count {int} NOT NULL,
  PRIMARY KEY (post_id, state)
) {strict};

-- rank orders first tries fairly between posts (see claims.ts); due_at is when a deferred copy is tried again.
-- rcpt_to is set on notices, which have neither post nor person. list_id, person_id and version_id say what they refer to by
-- name only: a REFERENCES would cost each copy a look-up, and each deletion there a reading of this whole table.
CREATE TABLE delivery (
  id {id}, message_id {int} NOT NULL REFERENCES message (id), post_id {int} REFERENCES post (id) ON DELETE CASCADE,
  list_id {int} NOT NULL, person_id {int}, version_id {int}, rcpt_to TEXT,
  secret {blob} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'cancelled')),
  reason TEXT, rank {int} NOT NULL, due_at {int} NOT NULL, attempts {int} NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '', host TEXT NOT NULL DEFAULT '', created_at {int} NOT NULL,
  first_attempt_at {int}, last_attempt_at {int}, sent_at {int}, bounced_at {int},
  UNIQUE (message_id, person_id)
) {strict};
CREATE INDEX delivery_of_post ON delivery (post_id, state, id);
CREATE INDEX delivery_pending ON delivery (rank) WHERE state = 'pending';
CREATE INDEX delivery_deferred ON delivery (due_at) WHERE state = 'deferred';
CREATE INDEX delivery_sending ON delivery (id) WHERE state = 'sending';
CREATE INDEX delivery_notice ON delivery (list_id) WHERE post_id IS NULL;

CREATE TABLE bounce (
  id {id}, delivery_id {int} NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  permanence TEXT NOT NULL CHECK (permanence IN ('permanent', 'temporary')), status TEXT NOT NULL,
  diagnostic TEXT NOT NULL, message_id {int} REFERENCES message (id), received_at {int} NOT NULL
) {strict};
CREATE INDEX bounce_of_delivery ON bounce (delivery_id);
CREATE INDEX bounce_report ON bounce (message_id);

CREATE TABLE refusal (
  id {id}, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, at {int} NOT NULL, client TEXT NOT NULL,
  mail_from TEXT NOT NULL, author TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, reply TEXT NOT NULL
) {strict};
CREATE INDEX refusal_of_list ON refusal (list_id, id);
`);
