/** Whose a membership was before: by them its old deliveries are found, which keep the person that they were made for. */
import { ddl } from "./ddl.ts";

export const formerPersons = ddl(`
-- person_id names by name only: a person who was merged into another is gone.
CREATE TABLE former_person (
  membership_id {int} NOT NULL REFERENCES membership (id) ON DELETE CASCADE, person_id {int} NOT NULL,
  PRIMARY KEY (membership_id, person_id)
) {keyed};
INSERT INTO former_person (membership_id, person_id)
  SELECT DISTINCT v.membership_id, d.person_id FROM delivery AS d
  JOIN membership_version AS v ON v.id = d.version_id JOIN membership AS m ON m.id = v.membership_id
  WHERE d.person_id <> m.person_id;
`);
