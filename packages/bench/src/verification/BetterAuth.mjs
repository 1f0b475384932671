import { apiKey, defaultKeyHasher } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { randomUUID } from 'node:crypto';

/** Maximum number of parameters in one SQLite statement. */
const CHUNK = 500;

/** Better Auth with its plugin for keys, without a rate limit. */
export class BetterAuth {
  #auth;

  /** @param database - a Pool of `pg`, or a Database of `better-sqlite3` */
  static async start(database) {
    const started = new BetterAuth();
    const options = {
      database,
      baseURL: 'http://localhost:3000',
      secret: randomUUID() + randomUUID(),
      logger: { level: 'error' },
      telemetry: { enabled: false },
      plugins: [apiKey({ rateLimit: { enabled: false } })],
    };
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
    started.#auth = betterAuth(options);
    return started;
  }

  async verify(key) {
    const { valid } = await this.#auth.api.verifyApiKey({ body: { key } });
    return valid;
  }

  /**
   * Creates one key through its API, and copies its row for all others.
   *
   * @param knex - of the same database
   */
  async insertKeys(keys, knex) {
    const { internalAdapter } = await this.#auth.$context;
    const user = await internalAdapter.createUser({
      name: 'Ada',
      email: 'ada@example.com',
      emailVerified: true,
    });
    await this.#auth.api.createApiKey({
      body: { userId: user.id, name: 'bench', expiresIn: 300 * 24 * 60 * 60 },
    });
    const [template] = await knex('apikey');
    for (let i = 0; i < keys.length; i += CHUNK) {
      const rows = keys.slice(i, i + CHUNK).map(async ({ id, secret }) => ({
        ...template,
        id,
        key: await defaultKeyHasher(secret),
      }));
      await knex('apikey').insert(await Promise.all(rows));
    }
  }
}
