/** Who has not confirmed is found along an index, however many have; and how many families a post went to. */
import { ddl } from "./ddl.ts";

const columns = `
-- silent_as: of a copy whose reader was asked to confirm and has not: the value of the post's count_by, '' where there is none. Else NULL.
-- families: those that the post went to, where it counts any, singles (members without a value) among them.
ALTER TABLE delivery ADD COLUMN silent_as {sorted};
ALTER TABLE post ADD COLUMN families {int} NOT NULL DEFAULT 0;
ALTER TABLE post ADD COLUMN singles {int} NOT NULL DEFAULT 0;
`;

/** As family-value.ts reads it. `value`: of a version `v` by the post's attribute. */
const household = (value: string): string =>
  `COALESCE((SELECT substr(${value}, 1, 200) FROM membership_version AS v WHERE v.id = d.version_id AND p.count_by <> ''), '')`;

const filled = (value: string): readonly string[] => [
  `UPDATE delivery SET silent_as = n.household FROM (
     SELECT d.id, ${household(value)} AS household FROM post AS p JOIN delivery AS d ON d.post_id = p.id
     WHERE p.asks_confirmation = 1 AND p.reminds IS NULL) AS n
   WHERE delivery.id = n.id AND NOT EXISTS (SELECT 1 FROM confirmation AS c WHERE c.delivery_id = n.id)`,
  `UPDATE post SET families = n.families + n.singles, singles = n.singles FROM (
     SELECT post, COUNT(DISTINCT NULLIF(household, '')) AS families, SUM(CASE WHEN household = '' THEN 1 ELSE 0 END) AS singles FROM (
       SELECT p.id AS post, ${household(value)} AS household FROM post AS p JOIN delivery AS d ON d.post_id = p.id
       WHERE p.asks_confirmation = 1 AND p.reminds IS NULL AND p.count_by <> '') AS each_copy
     GROUP BY post) AS n
   WHERE post.id = n.post`,
  // A member without a value is a family of one.
  `INSERT INTO response_tally (post_id, kind, count)
   SELECT c.post_id, 'households', COUNT(*) FROM confirmation AS c JOIN post AS p ON p.id = c.post_id
   WHERE p.count_by <> '' AND c.household = '' GROUP BY c.post_id
   ON CONFLICT (post_id, kind) DO UPDATE SET count = response_tally.count + excluded.count`,
  "CREATE INDEX delivery_silent ON delivery (post_id, silent_as, person_id) WHERE silent_as IS NOT NULL",
];

export const silent = ddl(columns, {
  sqlite: filled("(SELECT json_each.value FROM json_each(v.attributes) WHERE json_each.key = p.count_by)"),
  postgres: filled("v.attributes::json ->> p.count_by"),
});
