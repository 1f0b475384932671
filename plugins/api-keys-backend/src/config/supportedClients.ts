/** Clients of Knex, by database. SQL and migrations are written for these. */
const CLIENTS = {
  PostgreSQL: ['pg'],
  SQLite: ['better-sqlite3', 'sqlite3'],
};

/** @throws Error with a sentence that names the client and the supported ones */
export function assertSupportedClient(client: unknown): void {
  if (Object.values(CLIENTS).flat().includes(String(client))) return;
  const supported = Object.entries(CLIENTS).map(
    ([database, clients]) => `${database} (${clients.join(' or ')})`,
  );
  throw new Error(
    `API keys cannot be kept with the database client '${client}': set backend.database.client, or backend.database.plugin.api-keys.client, to ${supported.join(
      ' or ',
    )}`,
  );
}
