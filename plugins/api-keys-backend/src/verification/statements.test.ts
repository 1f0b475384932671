import { TestDatabases } from '@backstage/backend-test-utils';
import { ApiKeyVerificationUnavailableError } from 'backstage-plugin-api-keys-node';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { maker, serviceOn, ServiceReplica } from '../__testUtils__/serviceOn';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const MAKER = maker(ADA);
const USE = { plugin: 'catalog', ip: '10.0.0.7' };

describe.each(databases.eachSupportedId())(
  'database access of verification on %s',
  databaseId => {
    let replicas: Replicas;
    let knex: Knex;
    let replica: ServiceReplica;
    let statements: string[];
    const note = ({ sql }: { sql: string }) => statements.push(sql);

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      ({ knex } = replicas);
      replica = serviceOn(replicas.stores[0], {
        verification: { maxStaleness: '1 minute' },
      });
      replicas.stores[0].listeners.add(replica.cache);
      knex.on('query', note);
    });

    beforeEach(() => {
      replica.cache.ownersChanged('everybody');
      replica.cache.refreshed(performance.now());
      statements = [];
    });

    afterAll(() => replicas.stop());

    /** Counts statements. */
    const countOf = async (work: () => Promise<unknown>) => {
      statements = [];
      await work();
      return statements.length;
    };
    const create = () => replica.service.create(ADA, { name: 'ci' }, MAKER);
    const verify = (secret: string) => replica.verifier.verify(secret, USE);
    /** Sends a request with a secret through two plugins. */
    const request = async (secret: string) => {
      const outcome = await verify(secret);
      if (!outcome.accepted) throw new Error(outcome.reason);
      await replica.verifier.use(outcome.key, USE);
      await replica.verifier.verifyById(outcome.key.id);
    };

    it('is one statement for a key that was not used for a while, and none after it', async () => {
      const { secret } = await create();
      expect(await countOf(() => verify(secret))).toBe(1);
      await request(secret);
      // The first use after a quiet time is written at once.
      await eventually(async () => expect(replica.recorder.waiting).toBe(0));
      await replica.recorder.flush();
      const requests = async () => {
        for (let i = 0; i < 1000; i++) await request(secret);
      };
      expect(await countOf(requests)).toBe(0);
    });

    it('is one write of uses, however many requests there are in a minute', async () => {
      const { secret } = await create();
      await replica.recorder.flush();
      for (let i = 0; i < 1000; i++) await request(secret);
      statements = [];
      await replica.recorder.flush();
      const writes = statements.filter(sql => /update\s+api_keys/i.test(sql));
      expect(writes).toHaveLength(1);
    });

    it('is one statement for concurrent requests', async () => {
      const { secret } = await create();
      const rush = () =>
        Promise.all(Array.from({ length: 100 }, () => verify(secret)));
      expect(await countOf(rush)).toBe(1);
    });

    it('is nothing for a secret with a wrong checksum', async () => {
      const { secret } = await create();
      const last = secret.endsWith('0') ? '1' : '0';
      expect(await countOf(() => verify(secret.slice(0, -1) + last))).toBe(0);
    });

    it('is one statement each time for an unknown secret, which is not cached', async () => {
      const { secret } = await create();
      await verify(secret);
      const kept = replica.cache.size;
      const unknown = generateSecret('bsk');
      expect(await countOf(() => verify(unknown))).toBe(1);
      expect(await countOf(() => verify(unknown))).toBe(1);
      expect(replica.cache.size).toBe(kept);
      expect(await countOf(() => verify(secret))).toBe(0);
    });

    it('is one statement for a key that expired a moment ago, since the database decides', async () => {
      const { key, secret } = await create();
      await verify(secret);
      await knex('api_keys')
        .where({ id: key.id })
        .update({ expires_at: Date.now() });
      // Changed by hand, so no replica is notified.
      expect((await verify(secret)).accepted).toBe(true);
      const known = replica.cache.peekById(key.id)!;
      known.expiresAt = Date.now();
      const count = await countOf(async () => {
        const outcome = await verify(secret);
        expect(outcome).toMatchObject({
          reason: expect.stringMatching(/^The API key expired on/),
        });
      });
      expect(count).toBe(1);
    });

    it('follows at once after every change in this process', async () => {
      for (let i = 0; i < 50; i++) {
        const { key, secret } = await create();
        let isRevoked = false;
        const revoking = replica.service
          .revoke(key, { by: ADA, reason: 'owner' })
          .then(() => {
            isRevoked = true;
          });
        let outcome = await verify(secret);
        for (;;) {
          const wasRevoked = isRevoked;
          outcome = await verify(secret);
          if (wasRevoked) break;
          await new Promise(setImmediate);
        }
        expect(outcome.accepted).toBe(false);
        await revoking;
      }
    });

    it('is required for every answer once the cache is stale', async () => {
      const { secret } = await create();
      await verify(secret);
      replica.cache.refreshed(-Infinity);
      expect(await countOf(() => verify(secret))).toBe(1);
      const failing = jest
        .spyOn(replica.stores.keys, 'findForVerification')
        .mockRejectedValue(new Error('connect ECONNREFUSED'));
      await expect(verify(secret)).rejects.toThrow(
        ApiKeyVerificationUnavailableError,
      );
      failing.mockRestore();
      expect((await verify(secret)).accepted).toBe(true);
    });

    it('returns for how long other processes may cache an answer', async () => {
      const { key, secret } = await create();
      const outcome = await verify(secret);
      const keepFor = replica.verifier.keepFor(outcome);
      expect(keepFor).toBeGreaterThan(50_000);
      expect(keepFor).toBeLessThanOrEqual(60_000);
      await knex('api_keys')
        .where({ id: key.id })
        .update({ expires_at: Date.now() + 10_000 });
      replica.cache.ownersChanged([ADA]);
      expect(replica.verifier.keepFor(outcome)).toBe(0);
      expect(
        replica.verifier.keepFor(await verify(secret)),
      ).toBeLessThanOrEqual(10_000);
    });
  },
);
