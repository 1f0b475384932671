/*
 * Counts the statements that this process sends to PostgreSQL: knex and kysely both use `pg`. On SQLite, counts
 * prepared statements, since both prepare each statement again.
 */

/** Normalizes a statement, so that different values, and different numbers of values, count as the same statement. */
function textOf(sql) {
  return (
    sql
      .replace(/\$\d+/g, '?')
      .replace(
        /\((\?|cast\(\? as [^)]*\)\)?)(, ?(\?|cast\(\? as [^)]*\)\)?))*\)/g,
        '(…)',
      )
      .replace(/(\(…\), ?)+\(…\)/g, '(…)')
      .replace(/\s+/g, ' ')
      // SQLite's quotes are backticks, which Markdown would interpret.
      .replace(/`/g, '"')
      .trim()
      .slice(0, 160)
  );
}

/** Counts statements from now on, by database and text. */
export class StatementCounter {
  #counts = new Map();

  /** @param clients - the `pg` and `BetterSqlite3` modules that the measured code uses */
  constructor({ pg, BetterSqlite3 }) {
    if (pg) this.#watchPostgres(pg.Client.prototype);
    if (BetterSqlite3) this.#watchSqlite(BetterSqlite3.prototype);
  }

  /** `{ database: { text: count } }` since the start. */
  get counts() {
    return Object.fromEntries(
      [...this.#counts].map(([database, texts]) => [
        database,
        Object.fromEntries(texts),
      ]),
    );
  }

  #watchPostgres(prototype) {
    const { query } = prototype;
    const count = (client, config) =>
      this.#count(client.database, config?.text ?? config);
    prototype.query = function counted(config, ...rest) {
      count(this, config);
      return query.call(this, config, ...rest);
    };
  }

  #watchSqlite(prototype) {
    const { prepare } = prototype;
    const count = (database, sql) => this.#count(database.name, sql);
    prototype.prepare = function counted(sql) {
      count(this, sql);
      return prepare.call(this, sql);
    };
  }

  #count(database, sql) {
    let texts = this.#counts.get(database);
    if (!texts) {
      texts = new Map();
      this.#counts.set(database, texts);
    }
    // Texts are normalized later: that would cost more than the counting.
    texts.set(sql, (texts.get(sql) ?? 0) + 1);
  }
}

/** Sums the statements to the databases whose names end with a suffix. */
export function totalOf(counts, suffix = '') {
  return Object.entries(counts)
    .filter(([database]) => database.endsWith(suffix))
    .flatMap(([, texts]) => Object.values(texts))
    .reduce((sum, count) => sum + count, 0);
}

/** Compares two counts, for the databases whose names end with a suffix: `[text, count]`, most frequent first. */
export function statementsBetween(before, after, suffix = '') {
  const added = new Map();
  for (const [database, texts] of Object.entries(after)) {
    if (!database.endsWith(suffix)) continue;
    for (const [sql, count] of Object.entries(texts)) {
      const more = count - (before[database]?.[sql] ?? 0);
      const text = textOf(sql);
      if (more > 0) added.set(text, (added.get(text) ?? 0) + more);
    }
  }
  return [...added].sort((a, b) => b[1] - a[1]);
}
