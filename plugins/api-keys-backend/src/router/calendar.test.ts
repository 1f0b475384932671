import { TestDatabases } from '@backstage/backend-test-utils';
import { DateTime } from 'luxon';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const POLICY = '/api/api-keys/v1/policy';
const PLATFORM = '/api/api-keys/v1/admin/owners/user:default%2Flinus/policy';

const fromNow = (length: object) => DateTime.utc().plus(length).toISO();

/** Every span of four years has a leap day (until 2096), so the test does not depend on the date. */
describe.each(databases.eachSupportedId())(
  'a limit of four years on %s',
  databaseId => {
    let portal: TestPortal;
    let ada: string;

    beforeAll(async () => {
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        apiKeys: {
          lifetime: { default: { years: 4 }, max: '4 years' },
          inactivity: { max: { months: 12 } },
        },
      });
      portal.policy.current = onlyGraceAdministers;
      ada = await portal.signIn('ada');
    });

    afterAll(() => portal.stop());

    const create = (body: object) =>
      portal.call('post', KEYS, ada).send({ name: 'ci', ...body });

    it('is returned in years', async () => {
      const { body } = await portal.call('get', POLICY, ada).expect(200);
      expect(body).toMatchObject({
        lifetime: { default: 'P4Y', max: 'P4Y' },
        inactivity: { max: 'P365D' },
      });
    });

    it.each(['P4Y', 'P48M'])(
      'allows %s, with its leap day',
      async expiresIn => {
        const { body } = await create({ expiresIn }).expect(201);
        const { createdAt, expiresAt } = body.key;
        const end = DateTime.fromISO(createdAt, { zone: 'utc' }).plus({
          years: 4,
        });
        expect(expiresAt).toBe(end.toISO());
      },
    );

    it('allows the same end as a time', async () => {
      const expiresAt = fromNow({ years: 4 });
      const { body } = await create({ expiresAt }).expect(201);
      expect(body.key.expiresAt).toBe(expiresAt);
    });

    it.each([
      ['expiresIn', () => ({ expiresIn: 'P1461D' })],
      ['expiresIn', () => ({ expiresIn: 'P49M' })],
      ['expiresAt', () => ({ expiresAt: fromNow({ years: 4, hours: 1 }) })],
    ])(
      'refuses more as %s, naming the limit and the latest end',
      async (field, body) => {
        const { status, body: answer } = await create(body());
        expect(status).toBe(400);
        expect(answer.error.message).toMatch(
          new RegExp(
            `^${field} is too far away: a key may live for P4Y at most, until `,
          ),
        );
      },
    );

    it('accepts twelve months without use as a year', async () => {
      await create({ inactivityTimeout: 'P1Y' }).expect(201);
      await create({ inactivityTimeout: 'P12M' }).expect(201);
      const { body } = await create({ inactivityTimeout: 'P366D' }).expect(400);
      expect(body.error.message).toContain('P365D is the longest');
    });

    it('gives a key its leap day when a policy is applied again', async () => {
      const linus = await portal.signIn('linus');
      const grace = await portal.signIn('grace');
      const { body } = await portal
        .call('post', KEYS, linus)
        .send({ name: 'ci', expiresIn: 'P4Y' })
        .expect(201);
      const { id, expiresAt } = body.key;
      const endUnder = async (max: string) => {
        const { body: set } = await portal
          .call('put', PLATFORM, grace)
          .send({ lifetime: { max } })
          .expect(200);
        expect(set.effective.lifetime.max).toBe(max);
        const { body: key } = await portal.call('get', `${KEYS}/${id}`, linus);
        return key.expiresAt;
      };
      expect(await endUnder('P40Y')).toBe(expiresAt);
      expect(await endUnder('P1459D')).not.toBe(expiresAt);
      expect(await endUnder('P4Y')).toBe(expiresAt);
    });
  },
);
