/** Kysely's door to PostgreSQL: what every connection of ours is set to, before anything is asked. */
import { PostgresDialect } from "kysely";
import pg from "pg";

const settings = {
  // A session's choice in PostgreSQL: a server-wide "off" must not break "250 means kept".
  synchronous_commit: "on",
  timezone: "UTC",
  // All our statements look rows up, or walk them, by an index that was made for it. Left to itself, the planner reads whole
  // tables as long as they have no statistics: a minute or more after the first import, that is while the first post leaves.
  // What is asked for is mostly in memory. As if it had to be read from a turning disk, the planner compares each of a batch's rows with
  // each of a table of some thousand rather than look them up.
  random_page_cost: "1.1",
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_sort: "off",
  enable_material: "off",
};

/** At most `max` connections at a time, opened when they are needed. */
export function postgresDialect(url: string, max: number): PostgresDialect {
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: numberTypes,
    options,
    Client: StoreClient,
  });
  // A connection that the server drops while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}

/** PostgreSQL's text has no NUL: one in a subject or a search must not make the statement fail. */
class StoreClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // Lost between two statements of a transaction, a connection would end the process; the next statement tells of it.
    this.on("error", () => undefined);
    const query = this.query.bind(this) as (text: unknown, values?: unknown, ...more: unknown[]) => unknown;
    this.query = ((text: unknown, values?: unknown, ...more: unknown[]) =>
      query(text, Array.isArray(values) ? values.map(withoutNul) : values, ...more)) as typeof this.query;
  }
}

function withoutNul(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u{fffd}") : value;
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

const { INT8, NUMERIC } = pg.types.builtins;

/** Ids, milliseconds and counts as numbers: they stay far below 2^53. */
export const numberTypes = { getTypeParser: getTypeParser as typeof pg.types.getTypeParser };

function getTypeParser(type: TypeId, format?: "text" | "binary"): (value: string) => unknown {
  return type === INT8 || type === NUMERIC
    ? Number
    : (pg.types.getTypeParser(type, format) as (value: string) => unknown);
}
