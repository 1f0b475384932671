import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../src/Client';
import type { Replicas } from '../../src/Replicas';
import { countOutcomes, print } from './figures';
import { expect, rounds, test } from './fixtures';
import { ADMIN, type KeyChange, KeyChanges, OWNERS } from './KeyChanges';
import { KILL_MOMENTS } from './killMoments';
import { SinkLeases } from './SinkLeases';
import type { WebhookEvent } from './WebhookReceiver';

const ROUND_TIMEOUT_MS = 60_000;
/** Longest pause before a kill, in which a few changes are delivered. */
const PAUSE_MAX_MS = 2000;
/** Deadline for all deliveries after the last change: a failed one is repeated after 2, 8 and 32 seconds. */
const DELIVERED_WITHIN = { timeout: 60_000 };

const TOPICS: Record<KeyChange['type'], string> = {
  revoked: 'api-key-revoked',
  'leak-reported': 'api-key-leaked',
};

type Notification = {
  payload: { topic: string; title: string; description: string };
};

const isWebhook = (sink: string) => sink.startsWith('webhook:');

const changeOf = ({ type, keyId }: KeyChange) => `${type} ${keyId}`;

test.describe('replicas that are killed while they deliver events', () => {
  const moments = Object.entries(KILL_MOMENTS);
  const times = rounds(1, 5) * moments.length;
  test.setTimeout(times * ROUND_TIMEOUT_MS);

  test('lose no revocation and no leak notice, notify each owner once, and repeat only what they had not saved', async ({
    replicas,
    webhooks,
    client,
  }) => {
    const since = new Date().toISOString();
    const leases = new SinkLeases(replicas);
    const changes = await KeyChanges.prepare(replicas, client);
    const stage = { replicas, webhooks, leases, changes };
    const load = changes.start();
    const kills: string[] = [];
    let interruptedWebhooks = 0;
    for (let round = 0; round < times; round++) {
      const [moment, killAt] = moments[round % moments.length];
      await sleep(Math.random() * PAUSE_MAX_MS);
      const killed = await killAt(stage);
      const sinks = await leases.expireThoseOf(killed);
      if (sinks.some(isWebhook)) interruptedWebhooks++;
      kills.push(`${killed.name} ${moment}; leases: ${sinks.length}`);
      // After every other round, no replica is left.
      const isOneLeft = replicas.all.some(({ portal }) => portal.isRunning);
      if (!isOneLeft) await replicas.restart();
    }
    const attempts = await load.stop();
    await expect
      .poll(() => sinksWithPendingEvents(replicas), DELIVERED_WITHIN)
      .toEqual([]);
    leases.end();

    const events = await readTrail(replicas, client, {
      token: changes.tokenOf(ADMIN),
      since,
    });
    const changesInTrail = new Set(events.map(changeOf));
    const lost = changes.confirmed.filter(
      change => !changesInTrail.has(changeOf(change)),
    );
    expect(lost).toEqual([]);

    const received = webhooks.events.filter(({ at }) => at >= since);
    const ids = idsOf(received);
    const repeats = received.length - ids.length;
    print(`Killed ${times} times while events were delivered`, [
      ...kills,
      `Requests: ${countOutcomes(attempts)}`,
      `${events.length} events, ${repeats} of them repeated to the webhook`,
    ]);
    expect(ids).toEqual(idsOf(events));
    expect(repeats).toBeLessThanOrEqual(interruptedWebhooks);
    expectOrderOfKeys(received);

    const notifications = await readNotifications(replicas, client, changes);
    const notNotifiedOnce = events
      .map(event => {
        const { name, owner } = changes.keys.get(event.keyId)!;
        const matching = notifications[owner].filter(
          ({ payload: { topic, title, description } }) =>
            topic === TOPICS[event.type] &&
            `${title} ${description}`.includes(`“${name}”`),
        );
        return { ...event, notifications: matching.length };
      })
      .filter(event => event.notifications !== 1);
    expect(notNotifiedOnce).toEqual([]);
  });
});

function idsOf(events: readonly WebhookEvent[]): number[] {
  const ids = new Set(events.map(({ id }) => Number(id)));
  return [...ids].sort((one, other) => one - other);
}

function sinksWithPendingEvents(replicas: Replicas): Promise<object[]> {
  return replicas.query(
    `select name from api_key_event_sinks
     where position < (select max(outbox_position) from api_key_events)
       or exists (select from api_key_events where outbox_position = 0)`,
  );
}

/** Reads the revocations and leak reports that the portal has recorded. */
async function readTrail(
  { a }: Replicas,
  client: Client,
  { token, since }: { token: string; since: string },
): Promise<WebhookEvent[]> {
  const events: WebhookEvent[] = [];
  for (const type of Object.keys(TOPICS)) {
    const query = new URLSearchParams({ type, from: since, limit: '200' });
    for (;;) {
      const url = `${a.url}/api/api-keys/v1/admin/events?${query}`;
      const { body } = await client.send(url, { token });
      const { items, pageInfo } = JSON.parse(body);
      events.push(...items);
      if (!pageInfo.nextCursor) break;
      query.set('cursor', pageInfo.nextCursor);
    }
  }
  return events;
}

async function readNotifications(
  { a }: Replicas,
  client: Client,
  changes: KeyChanges,
): Promise<Record<string, Notification[]>> {
  const byOwner: Record<string, Notification[]> = {};
  for (const owner of OWNERS) {
    const { body } = await client.send(`${a.url}/api/notifications`, {
      token: changes.tokenOf(owner),
    });
    byOwner[owner] = JSON.parse(body).notifications;
  }
  return byOwner;
}

/** A repeated event arrives before the next one of its key. */
function expectOrderOfKeys(events: readonly WebhookEvent[]) {
  const last = new Map<string, number>();
  for (const { id, keyId } of events) {
    expect(Number(id)).toBeGreaterThanOrEqual(last.get(keyId) ?? 0);
    last.set(keyId, Number(id));
  }
}
