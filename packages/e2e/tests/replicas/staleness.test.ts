import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Client } from '../../src/Client';
import { Load } from '../../src/Load';
import type { Replica } from '../../src/Replicas';
import {
  createKey,
  removePolicy,
  revokeKey,
  rotateKey,
  setPolicy,
  tokenOf,
} from '../api';
import { AUTHENTICATE, CATALOG, KEYS, type SendRequest } from './requests';
import { print, spread } from './figures';
import { expect, rounds, test } from './fixtures';

/** The default of `apiKeys.verification.maxStaleness`. */
const MAX_STALENESS_MS = 1000;
/** Number of requests after which every cache holds the key. */
const REQUESTS_UNTIL_HOT = 20;
/** Keeps sending requests after a change has arrived, to check that no cache reverts it. */
const AFTERWARDS_MS = 150;
const PAUSE_MS = 3;
/** An expiry has to be in the future, and a busy machine needs time to process it. */
const EXPIRES_IN_MS = 1000;

/** Each user has keys of their own, so that rounds can run in parallel. */
const USERS = ['ada', 'mei', 'tomas', 'linus', 'priya'];
const TEAM = 'group:default/team-a';

type Key = { id: string; secret: string; owner: string; token: string };
type Change = {
  /** Request that is sent continuously to the replica that has to learn of the change. */
  send: SendRequest;
  /** Resolves no earlier than the change is confirmed. */
  apply: (key: Key) => Promise<void>;
  hasArrived: (attempt: Attempt, key: Key) => boolean;
  undo?: (key: Key) => Promise<void>;
};
type Setup = { here: Replica; there: Replica; client: Client };

async function createUserKey(here: Replica, user: string): Promise<Key> {
  const token = await tokenOf(here.portal, user);
  const { key, secret } = await createKey(here.portal, token, {
    name: 'Known elsewhere',
  });
  return { id: key.id, secret, owner: key.owner, token };
}

/**
 * @returns milliseconds between the change and the last request that was still accepted by the old state, by its time
 *   of sending
 */
async function measure(
  { here, there, client }: Setup,
  { send, apply, hasArrived, undo }: Change,
  user: string,
): Promise<number> {
  const key = await createUserKey(here, user);
  const load = new Load(() => send(client, there, key.secret), {
    pauseMs: PAUSE_MS,
  });
  let appliedAt: number;
  try {
    await load.until(({ status }) => status === 200, {
      times: REQUESTS_UNTIL_HOT,
    });
    // Hits a random moment of the polling interval.
    await sleep(Math.random() * 400);

    await apply(key);
    appliedAt = performance.now();
    await load.until(attempt => hasArrived(attempt, key), { withinMs: 10_000 });
    await sleep(AFTERWARDS_MS);
  } finally {
    await load.stop();
    await undo?.(key);
  }

  const unaware = load.attempts
    .filter(attempt => !hasArrived(attempt, key))
    .map(({ sentAt }) => sentAt - appliedAt);
  return Math.max(0, ...unaware);
}

async function measureOften(
  what: string,
  times: number,
  setup: Setup,
  change: Change,
): Promise<void> {
  const durations: number[] = [];
  for (let round = 0; round < times; round += USERS.length) {
    const users = USERS.slice(0, times - round);
    durations.push(
      ...(await Promise.all(users.map(user => measure(setup, change, user)))),
    );
  }
  print(what, [spread(durations)]);
  // Without a tolerance: `measure` uses the time of sending.
  expect(Math.max(...durations)).toBeLessThanOrEqual(MAX_STALENESS_MS);
}

const isRefused = ({ status }: Attempt) => status === 401;

test.describe('within the time that the configuration allows, the other replica', () => {
  let setup: Setup;

  test.beforeEach(({ replicas: { a, b }, client }) => {
    setup = { here: a, there: b, client };
  });

  test('refuses a key that was revoked', async () => {
    const { here } = setup;
    await measureOften('Revoked on A, still accepted on B', 50, setup, {
      send: AUTHENTICATE,
      apply: ({ id, token }) => revokeKey(here.portal, token, id),
      hasArrived: isRefused,
    });
  });

  test('refuses a key that was made to expire earlier', async () => {
    const { here, client } = setup;
    await measureOften(
      'Expired on A, still accepted on B',
      rounds(5, 25),
      setup,
      {
        send: AUTHENTICATE,
        apply: async ({ id, token }) => {
          const expiresAt = Date.now() + EXPIRES_IN_MS;
          const { status } = await client.send(`${here.url}${KEYS}/${id}`, {
            method: 'PATCH',
            token,
            json: { expiresAt: new Date(expiresAt).toISOString() },
          });
          expect(status).toBe(200);
          await sleep(Math.max(0, expiresAt - Date.now()));
        },
        hasArrived: isRefused,
      },
    );
  });

  test('lets a transferred key act as its new owner', async () => {
    const { here, client } = setup;
    const admin = await tokenOf(here.portal, 'grace');
    await measureOften(
      'Transferred on A, still of its old owner on B',
      rounds(5, 25),
      setup,
      {
        // A key may read the keys of its subject.
        send: (sender, there, token) =>
          sender.send(`${there.url}${KEYS}?status=active&limit=200`, { token }),
        apply: async ({ id }) => {
          const { status } = await client.send(
            `${here.url}/api/api-keys/v1/admin/transfer`,
            { method: 'POST', token: admin, json: { ids: [id], owner: TEAM } },
          );
          expect(status).toBe(200);
        },
        hasArrived: ({ body }, { id }) => {
          const { items = [] } = JSON.parse(body);
          return items.some(
            (one: { id: string; owner: string }) =>
              one.id === id && one.owner === TEAM,
          );
        },
        undo: ({ id }) => revokeKey(here.portal, admin, id).catch(() => {}),
      },
    );
  });

  test('denies a key in plugins that a policy forbids its owner', async () => {
    const { here } = setup;
    const admin = await tokenOf(here.portal, 'grace');
    await measureOften(
      'Forbidden on A, still accepted on B',
      rounds(5, 25),
      setup,
      {
        send: CATALOG,
        apply: ({ owner }) =>
          setPolicy(here.portal, admin, owner, {
            restrictions: { forbidden: ['catalog'] },
          }),
        hasArrived: ({ status }) => status === 403,
        undo: ({ owner }) => removePolicy(here.portal, admin, owner),
      },
    );
  });

  test('refuses a key whose successor was used', async ({ replicas }) => {
    // The successor is used on B, whose cache holds the old key.
    const { a, b } = replicas;
    const { client } = setup;
    await measureOften(
      'Successor first used on B, predecessor still accepted on A',
      rounds(10, 50),
      { here: b, there: a, client },
      {
        send: AUTHENTICATE,
        apply: async ({ id, token }) => {
          const { secret } = await rotateKey(a.portal, token, id);
          const { status } = await AUTHENTICATE(client, b, secret);
          expect(status).toBe(200);
        },
        hasArrived: isRefused,
      },
    );
  });
});
