import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_STATUSES,
} from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { statusOf } from '../lifecycle/status';
import { DAY, startOfDay } from '../lifecycle/time';
import { openStores, Stores } from './stores';
import { KeySummary } from './queries';
import { toRow } from './rows';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

// Not the start of a day, so that some days are only partly in a window.
const NOW = Date.UTC(2030, 5, 1, 9);

/** The summary by the definitions of the API, key by key. */
function summaryOf(keys: ApiKeyRecord[]): KeySummary {
  const inStatus = (...statuses: readonly string[]) =>
    keys.filter(key => statuses.includes(statusOf(key, NOW)));
  const accepted = inStatus(...API_KEY_ACCEPTED_STATUSES);
  const countAccepted = (holds: (key: ApiKeyRecord) => boolean) =>
    accepted.filter(holds).length;
  const expiries = accepted
    .map(({ expiresAt = Infinity }) => expiresAt)
    .filter(expiresAt => expiresAt < NOW + 90 * DAY)
    .map(startOfDay)
    .sort((a, b) => a - b);
  return {
    totalItems: keys.length,
    byStatus: Object.fromEntries(
      API_KEY_STATUSES.map(status => [status, inStatus(status).length]),
    ) as KeySummary['byStatus'],
    expiringIn7Days: countAccepted(
      ({ expiresAt = Infinity }) => expiresAt <= NOW + 7 * DAY,
    ),
    expiringIn30Days: countAccepted(
      ({ expiresAt = Infinity }) => expiresAt <= NOW + 30 * DAY,
    ),
    withoutExpiry: countAccepted(({ expiresAt }) => expiresAt === undefined),
    neverUsed: countAccepted(({ lastUsedAt }) => lastUsedAt === undefined),
    idle90Days: countAccepted(
      ({ lastUsedAt, createdAt }) => (lastUsedAt ?? createdAt) < NOW - 90 * DAY,
    ),
    revokedIn7Days: keys.filter(
      ({ revokedAt = 0 }) => revokedAt >= NOW - 7 * DAY,
    ).length,
    expiriesByDay: new Map(
      expiries.map(day => [
        day,
        expiries.filter(other => other === day).length,
      ]),
    ),
  };
}

describe.each(databases.eachSupportedId())('the summary on %s', databaseId => {
  let knex: Knex;
  let stores: Stores;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    stores = await openStores({
      database: { getClient: async () => knex },
    });
  });

  it('agrees with the status and usage of each key', async () => {
    const time = (from: number, to: number) =>
      fc
        .oneof(
          fc.constantFrom(0, 7, 30, 90, -7, -90),
          fc.integer({ min: from * 24, max: to * 24 }).map(hours => hours / 24),
        )
        .map(days => NOW + days * DAY);
    const keys = fc.record(
      {
        createdAt: fc
          .integer({ min: 95, max: 200 })
          .map(days => NOW - days * DAY),
        expiresAt: time(-20, 95),
        inactivityTimeout: fc.constantFrom(30 * DAY, 190 * DAY),
        keptAliveAt: time(-95, 0),
        lastUsedAt: time(-95, 0),
        overlapEndsAt: time(-2, 5),
      },
      { requiredKeys: ['createdAt'] },
    );
    const revoked = fc.record({
      createdAt: fc.constant(NOW - 95 * DAY),
      revokedAt: time(-20, 0),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: keys, weight: 5 }, revoked), {
          minLength: 100,
          maxLength: 200,
        }),
        async generated => {
          await knex('api_keys').delete();
          const records = generated.map(fields => aKey(fields));
          await knex.batchInsert(
            'api_keys',
            records.map(key => toRow(key, key.id)),
            100,
          );
          const summary = await stores.keys.summarize(
            { owners: 'everybody' },
            NOW,
          );
          const expected = summaryOf(records);
          expect(summary).toEqual(expected);
          expect([...summary.expiriesByDay]).toEqual([
            ...expected.expiriesByDay,
          ]);
        },
      ),
      { numRuns: 10 },
    );
  });
});
