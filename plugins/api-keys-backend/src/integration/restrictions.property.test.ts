import { TestDatabases } from '@backstage/backend-test-utils';
import {
  allowsPermission,
  allowsPlugin,
  ApiKeyRestrictions,
  isRestricted,
} from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const PLUGINS = ['alpha', 'beta', 'gamma'];
const NAMES = ['x', 'y', 'x.y'];
const ACTIONS = ['create', 'read', 'update', 'delete'] as const;

type Asked = { name: string; action?: (typeof ACTIONS)[number] };

/** List of available values, as it can be stored: also left out, `null` or empty. */
const someOf = <T>(values: readonly T[]) =>
  fc.oneof(fc.subarray([...values]), fc.constantFrom(undefined, null));

const entries = fc.record(
  {
    plugin: fc.constantFrom(...PLUGINS),
    permission: someOf(NAMES),
    permissionAttribute: fc.oneof(
      fc.record({ action: someOf(ACTIONS) }, { requiredKeys: [] }),
      fc.constantFrom(undefined, null),
    ),
  },
  { requiredKeys: ['plugin'] },
);

const keysWith = (maxPerPlugin: number) =>
  fc.record({
    accessRestrictions: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
      {
        weight: 4,
        arbitrary:
          maxPerPlugin === 1
            ? fc.uniqueArray(entries, { selector: ({ plugin }) => plugin })
            : fc.array(entries, { maxLength: 6 }),
      },
    ),
    forbiddenPlugins: fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.subarray(PLUGINS) },
    ),
  }) as fc.Arbitrary<ApiKeyRestrictions>;

const asked: fc.Arbitrary<Asked> = fc.record(
  { name: fc.constantFrom(...NAMES), action: fc.constantFrom(...ACTIONS) },
  { requiredKeys: ['name'] },
);
const chains = fc.array(fc.constantFrom(...PLUGINS), {
  minLength: 1,
  maxLength: 3,
});

/**
 * Reference implementation of the expected result: checks every plugin on the way, then the permission in the last one.
 *
 * @param isHttp - true if the way is over routes that check no permission, which deny keys for some permissions
 */
function expected(
  key: any,
  chain: string[],
  { name, action }: Asked,
  isHttp = false,
): string {
  for (const plugin of chain) {
    if ((key.forbiddenPlugins || []).indexOf(plugin) !== -1) return 'REFUSED';
    const listed = (key.accessRestrictions || []).map((e: any) => e.plugin);
    if (key.accessRestrictions && listed.indexOf(plugin) === -1)
      return 'REFUSED';
  }
  if (isHttp && chain.slice(0, -1).some(plugin => isLimited(key, plugin))) {
    return 'REFUSED';
  }
  const last = chain[chain.length - 1];
  const entry =
    (key.accessRestrictions || []).filter((e: any) => e.plugin === last)[0] ||
    {};
  if (entry.permission && entry.permission.indexOf(name) === -1) return 'DENY';
  if (!entry.permissionAttribute) return 'ALLOW';
  return action &&
    (entry.permissionAttribute.action || []).indexOf(action) !== -1
    ? 'ALLOW'
    : 'DENY';
}

function isLimited(key: any, plugin: string): boolean {
  return (key.accessRestrictions || []).some(
    (entry: any) =>
      entry.plugin === plugin &&
      (entry.permission !== undefined ||
        entry.permissionAttribute !== undefined),
  );
}

const permissionOf = ({ name, action }: Asked) => ({
  type: 'basic' as const,
  name,
  attributes: action ? { action } : {},
});

describe('restrictions', () => {
  it('follow the rules', () => {
    fc.assert(
      fc.property(keysWith(1), chains, asked, (key, chain, question) => {
        const last = chain.at(-1)!;
        const verdict = allowsPermission(key, last, permissionOf(question))
          ? 'ALLOW'
          : 'DENY';
        const actual = chain.every(plugin => allowsPlugin(key, plugin))
          ? verdict
          : 'REFUSED';
        expect(actual).toBe(expected(key, chain, question));
      }),
      { numRuns: 20_000 },
    );
  });

  it('never allow what no entry allows, in any stored form', () => {
    fc.assert(
      fc.property(
        keysWith(6),
        fc.constantFrom(...PLUGINS),
        asked,
        (key, plugin, question) => {
          if (!allowsPermission(key, plugin, permissionOf(question))) return;
          const { accessRestrictions } = key;
          const alone = accessRestrictions?.map(entry => ({
            ...key,
            accessRestrictions: [entry],
          })) ?? [key];
          expect(alone.map(one => expected(one, [plugin], question))).toContain(
            'ALLOW',
          );
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('are present on every key that is denied anything', () => {
    fc.assert(
      fc.property(keysWith(6), chains, asked, (key, chain, question) => {
        if (isRestricted(key)) return;
        expect(expected(key, chain, question)).toBe('ALLOW');
      }),
      { numRuns: 5_000 },
    );
  });

  describe('in a portal', () => {
    let portal: TestPortal;
    let knex: Knex;
    let session: string;

    beforeAll(async () => {
      knex = await databases.init('SQLITE_3');
      portal = await startTestPortal({
        knex,
        apiKeys: {
          limits: { keysPerOwner: 1000 },
          restrictions: {
            guardedRoutes: Object.fromEntries(
              PLUGINS.map(plugin => [plugin, ['POST /ask']]),
            ),
          },
        },
        features: PLUGINS.map(leakyPlugin),
      });
      session = await portal.signIn('ada');
    });

    afterAll(() => portal.stop());

    /** Stores restrictions that no request could store. */
    async function stores(key: ApiKeyRestrictions): Promise<string> {
      const { body } = await portal
        .call('post', '/api/api-keys/v1/keys', session)
        .send({ name: 'odd' })
        .expect(201);
      const json = (value: unknown) => (value ? JSON.stringify(value) : null);
      await knex('api_keys')
        .where({ id: body.key.id })
        .update({
          access_restrictions: json(key.accessRestrictions),
          forbidden_plugins: json(key.forbiddenPlugins),
        });
      return body.secret;
    }

    /** Checks a permission in the last of a chain of plugins that call each other. */
    async function ask(secret: string, chain: string[], question: Asked) {
      const { status, body } = await portal
        .call('post', `/api/${chain.join('/as/')}/ask`, secret)
        .send({ permissions: [permissionOf(question)] });
      if (status === 200) return body[0];
      const isDenied = /which this route asks for$/.test(body.error?.message);
      return isDenied ? 'DENY' : { 403: 'REFUSED' }[status] ?? status;
    }

    it('apply on every hop and at the end of the chain', async () => {
      const requests = fc.array(fc.tuple(chains, asked), {
        minLength: 6,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(keysWith(1), requests, async (key, all) => {
          const secret = await stores(key);
          for (const [chain, question] of all) {
            const answer = await ask(secret, chain, question);
            expect(answer).toBe(expected(key, chain, question, true));
          }
        }),
        { numRuns: 60, endOnFailure: true },
      );
    });
  });
});
