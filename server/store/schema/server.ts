/** What the server remembers of itself. */
export type ServerTables = {
  server_state: { key: string; value: string };
};
