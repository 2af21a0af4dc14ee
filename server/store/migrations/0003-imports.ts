/** Files of members on their way in: the file, its lines, and how each member was before, for the way back. */
import { ddl } from "./ddl.ts";

export const imports = ddl(`
-- counts, done and undone are sums of what follows, as JSON. applied_to is the last row applied, left_to and undone_to the last
-- membership: each piece of work moves them in its own transaction, so that none is done twice. beat_at: the command line's
-- process was alive then.
CREATE TABLE member_import (
  id {id}, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('arriving', 'reading', 'faulty', 'ready', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
  file_name TEXT NOT NULL, account_id {int}, by_command {int} NOT NULL, size {int} NOT NULL DEFAULT 0,
  read_octets {int} NOT NULL DEFAULT 0, columns TEXT, sample TEXT NOT NULL DEFAULT '[]', replaces {int} NOT NULL,
  welcomes {int} NOT NULL DEFAULT 0, edition {int} NOT NULL DEFAULT 1, fault TEXT, counts TEXT NOT NULL, done TEXT NOT NULL,
  undone TEXT NOT NULL, applied_to {int} NOT NULL DEFAULT 0, left_to {int} NOT NULL DEFAULT 0, undone_to {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL, read_at {int}, apply_at {int}, applied_at {int}, undone_at {int}, beat_at {int} NOT NULL,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX import_of_list ON member_import (list_id, id);
CREATE INDEX import_at_work ON member_import (id) WHERE state IN ('reading', 'applying', 'undoing');
CREATE INDEX import_expiry ON member_import (expires_at);
-- One at a time changes a list.
CREATE UNIQUE INDEX import_changing ON member_import (list_id) WHERE state IN ('applying', 'undoing');

-- The file as it came, in pieces of 256 KB, so that its columns can be taken in another way.
CREATE TABLE import_chunk (
  import_id {int} NOT NULL REFERENCES member_import (id) ON DELETE CASCADE, seq {int} NOT NULL, bytes {blob} NOT NULL,
  PRIMARY KEY (import_id, seq)
) {strict};

-- name NULL: the file has no such column. attributes: those that the file has columns for; an empty one takes it away.
CREATE TABLE import_row (
  id {id}, import_id {int} NOT NULL REFERENCES member_import (id) ON DELETE CASCADE, line {int} NOT NULL, fate TEXT NOT NULL,
  canonical TEXT, address TEXT NOT NULL, name TEXT, attributes TEXT NOT NULL, status TEXT, mended TEXT, fault TEXT
) {strict};
-- The address first: SQLite would take half of an index that begins with the import, and read the whole of it.
CREATE INDEX import_row_address ON import_row (canonical, import_id);
CREATE INDEX import_row_fate ON import_row (import_id, fate, id);
CREATE INDEX import_row_mended ON import_row (import_id, id) WHERE mended IS NOT NULL;

-- kept: changed by somebody else since, so that undoing left it alone.
-- A member whom an import changes, or (leaves = 1, status_after NULL) will let leave. status_before NULL: was no member before.
CREATE TABLE import_change (
  import_id {int} NOT NULL REFERENCES member_import (id) ON DELETE CASCADE, membership_id {int} NOT NULL, leaves {int} NOT NULL,
  status_before TEXT, version_before {int}, left_at_before {int}, ended_by_before TEXT, status_after TEXT, version_after {int}, kept {int} NOT NULL DEFAULT 0,
  PRIMARY KEY (import_id, membership_id)
) {keyed};
CREATE INDEX import_change_leaves ON import_change (import_id, membership_id) WHERE leaves = 1;
CREATE INDEX import_change_kept ON import_change (import_id, membership_id) WHERE kept = 1;
`);
