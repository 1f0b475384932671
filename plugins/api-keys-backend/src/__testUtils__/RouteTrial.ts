import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import {
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from 'backstage-plugin-api-keys-node/internal';
import knexFactory, { Knex } from 'knex';
import request, { Response } from 'supertest';
import { DeclaredRoute, RecordedRoutes } from './recordRoutes';
import { TestPortal } from './startTestPortal';

/** Outcome of a request to a route. */
export type Trial = {
  /** Path as the plugin declares it. */
  path?: string;
  route: string;
  response: Response;
  /** Names of the permissions that plugins asked for. The key has none of them. */
  asked: string[];
};

/** Permission that no plugin has. */
const NO_PERMISSION = 'nothing.of.the.kind';
/**
 * Tables that change without a request: every plugin writes them in the background, and the catalog while it processes
 * entities.
 */
const VOLATILE_TABLES =
  /^(knex_|sqlite_|backstage_backend_|final_entities|refresh_|relations|search)/;

/** Calls every route of real plugins with a key that is limited to a permission that no route needs. */
export class RouteTrial {
  readonly #routes = new RecordedRoutes();
  readonly #knex: Knex;
  readonly #directory: string;
  #runtime: ApiKeyRuntime | undefined;

  /**
   * @param options.knex - database of the plugin `api-keys`
   * @param options.directory - folder with the SQLite files of all other plugins
   */
  constructor(options: { knex: Knex; directory: string }) {
    this.#knex = options.knex;
    this.#directory = options.directory;
  }

  /** Features that a portal needs for the trial. */
  readonly features: BackendFeature[] = [
    this.#routes.feature,
    createBackendPlugin({
      pluginId: 'route-trial',
      register: reg =>
        reg.registerInit({
          deps: { runtime: apiKeyRuntimeServiceRef },
          init: async ({ runtime }) => {
            this.#runtime = runtime;
          },
        }),
    }),
  ];

  routesOf(pluginId: string): DeclaredRoute[] {
    return this.#routes.of(pluginId);
  }

  /** Creates a key as it could be created before plugins without permissions were rejected. */
  async secretFor(portal: TestPortal, pluginId: string): Promise<string> {
    const { key, secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }],
    });
    const restriction: ApiKeyAccessRestriction = {
      plugin: pluginId,
      permission: [NO_PERMISSION],
    };
    await this.#knex('api_keys')
      .where({ id: key.id })
      .update({ access_restrictions: JSON.stringify([restriction]) });
    return secret;
  }

  /** @param path - the path with values in place of its parameters */
  async call(
    portal: TestPortal,
    secret: string,
    { method, path, body }: DeclaredRoute & { body?: object },
  ): Promise<Trial> {
    const note = jest.spyOn(this.#runtime!.permissionChecks, 'note');
    try {
      const verb = method.toLowerCase() as 'get';
      const response = await request(portal.url)
        [verb](path)
        .set('Authorization', `Bearer ${secret}`)
        .redirects(0)
        .send(method === 'GET' || method === 'HEAD' ? undefined : body ?? {});
      const asked = note.mock.calls.map(([, permission]) => permission);
      return { route: `${method} ${path}`, response, asked };
    } finally {
      note.mockRestore();
    }
  }

  /** Reads everything that a plugin has stored, except for volatile tables. */
  async storedBy(pluginId: string): Promise<Record<string, unknown[]>> {
    if (!existsSync(this.#fileOf(pluginId))) return {};
    const knex = this.databaseOf(pluginId);
    const tables: string[] = await knex('sqlite_master')
      .where({ type: 'table' })
      .pluck('name');
    const contents: Record<string, unknown[]> = {};
    for (const table of tables.filter(name => !VOLATILE_TABLES.test(name))) {
      contents[table] = await knex(table).select();
    }
    await knex.destroy();
    return contents;
  }

  /** Opens a separate connection to the database of a plugin; the caller closes it. */
  databaseOf(pluginId: string): Knex {
    return knexFactory({
      client: 'better-sqlite3',
      connection: { filename: this.#fileOf(pluginId) },
      useNullAsDefault: true,
    });
  }

  #fileOf(pluginId: string): string {
    return join(this.#directory, `${pluginId}.sqlite`);
  }
}
