import { test as base } from '@playwright/test';
import {
  CONNECTION_STRING_VARIABLE,
  startOwnPostgres,
} from '../../../../scripts/postgres.mjs';
import { warn } from '../../../../scripts/processes.mjs';
import { Client } from '../../src/Client';
import { Replicas } from '../../src/Replicas';
import { LEAKS_CONFIG } from './KeyChanges';
import { WebhookReceiver } from './WebhookReceiver';

const START_TIMEOUT_MS = 180_000;

/** PostgreSQL that tests may stop, or one shared with others if no other is available. */
export type PostgresServer = {
  connectionString: string;
  stop(): void;
  halt?(): void;
  resume?(): Promise<void>;
};

type WorkerFixtures = {
  postgres: PostgresServer;
  /** Receives the webhooks of `replicas`. */
  webhooks: WebhookReceiver;
  replicas: Replicas;
};
type TestFixtures = { client: Client };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  postgres: [
    async ({}, use) => {
      const postgres = await startPostgresForReplicas();
      await use(postgres);
      postgres.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],

  webhooks: [
    async ({}, use) => {
      const receiver = await WebhookReceiver.open();
      await use(receiver);
      await receiver.close();
    },
    { scope: 'worker' },
  ],

  replicas: [
    async ({ postgres, webhooks }, use) => {
      const replicas = await Replicas.create(postgres.connectionString, {
        webhooks: webhooks.config,
        leaks: LEAKS_CONFIG,
        // Leaves only notifications of revocations and leaks.
        warnings: { onCreation: false },
      });
      await replicas.start();
      await use(replicas);
      await replicas.remove();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],

  client: async ({}, use) => {
    const client = new Client();
    await use(client);
    client.close();
  },
});

async function startPostgresForReplicas(): Promise<PostgresServer> {
  try {
    return await startOwnPostgres();
  } catch (error) {
    const connectionString = process.env[CONNECTION_STRING_VARIABLE];
    if (!connectionString) throw error;
    warn(`The replicas run on a PostgreSQL that cannot be stopped: ${error}`);
    return { connectionString, stop: () => {} };
  }
}

const isFull = process.env.API_KEYS_REPLICA_ROUNDS === 'full';

/** Number of repetitions of tests that depend on timing. */
export function rounds(usual: number, full: number): number {
  return isFull ? full : usual;
}

export { expect } from '@playwright/test';
