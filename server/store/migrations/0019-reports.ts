/** Reports by mail: who wants them, which posts are still to be reported, and what a list's people have been told. */
import { ddl } from "./ddl.ts";

export const reports = ddl(`
ALTER TABLE list ADD COLUMN report_to TEXT NOT NULL DEFAULT 'nobody';
ALTER TABLE list ADD COLUMN report_news {int} NOT NULL DEFAULT 0;

-- astray: copies that had failed or bounced when the last report was written. stage: reports and looks so far. next_at: of the next look;
-- NULL when the watch is over.
CREATE TABLE post_report (
  post_id {int} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, stage {int} NOT NULL DEFAULT 0,
  astray {int} NOT NULL DEFAULT 0, next_at {int}
) {strict};
CREATE INDEX post_report_next ON post_report (next_at) WHERE next_at IS NOT NULL;

-- Of a list with report_news: the last post that its administrators were told of, and when.
CREATE TABLE list_news (
  list_id {int} PRIMARY KEY REFERENCES list (id) ON DELETE CASCADE, last_post {int} NOT NULL, told_at {int} NOT NULL
) {strict};
`);
