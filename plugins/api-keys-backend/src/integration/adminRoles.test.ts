import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { CompanyPolicy } from '../__testUtils__/CompanyPolicy';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const DOCS = join(__dirname, '../../../../docs/admin.md');
const POLICY = join(__dirname, '../__testUtils__/CompanyPolicy.ts');

const ADMIN = '/api/api-keys/v1/admin';
const GRACE = 'user:default/grace';
const TEAM = 'group:default/team-a';

const ROLES = {
  admin: ['group:default/platform-admins'],
  auditor: ['group:default/security'],
  'regional auditor': ['group:default/regional-security'],
  developer: [],
};
type Role = keyof typeof ROLES;

const READS = [
  'keys',
  'keys.csv',
  'summary',
  'events',
  'events.csv',
  'warnings',
  'policies',
  'owners/user:default%2Fada/policy',
];

/** The import path in the document is shorter, which moves line breaks. */
const withoutLayout = (code: string) =>
  code.replace(/\s+/g, '').replaceAll(',}', '}');

describe('The permission policy of docs/admin.md', () => {
  let portal: TestPortal;
  let grace: string;
  let ofAda: { key: ApiKey; secret: string };
  let ofTeam: { key: ApiKey; secret: string };

  beforeAll(async () => {
    portal = await startTestPortal({});
    grace = await portal.signIn('grace');
    ofAda = await portal.createKey('ada');
    ofTeam = await portal.createKey('ada', { owner: TEAM });
  });

  afterAll(() => portal.stop());

  /** From here on, the policy of the page decides, and Grace is in the groups of a role. */
  function give(role: Role) {
    const policy = new CompanyPolicy();
    portal.policy.current = (query, user) => {
      const groups = user?.info.userEntityRef === GRACE ? ROLES[role] : [];
      const info = user && { ...user.info, ownershipEntityRefs: groups };
      return policy.handle(query, user && { ...user, info: info! });
    };
  }

  const get = (path: string) => portal.call('get', `${ADMIN}/${path}`, grace);
  const lookUp = ({ secret }: { secret: string }) =>
    portal.call('post', `${ADMIN}/lookup`, grace).send({ token: secret });
  const changes = ({ key }: { key: ApiKey }) => [
    portal
      .call('post', `${ADMIN}/revoke`, grace)
      .send({ ids: [key.id], reason: 'admin', dryRun: true }),
    portal
      .call('patch', `${ADMIN}/keys/${key.id}`, grace)
      .send({ expiresAt: key.expiresAt }),
    portal
      .call('put', `${ADMIN}/owners/user:default%2Fada/policy`, grace)
      .send({ limits: { keysPerOwner: 9 } }),
    portal.call('delete', `${ADMIN}/owners/user:default%2Fada/policy`, grace),
  ];
  const visibleOwners = async () => {
    const { items } = (await get('keys?orderBy=owner:asc')).body;
    return items.map(({ owner }: ApiKey) => owner);
  };

  it('is the one that is tested here', () => {
    const source = readFileSync(POLICY, 'utf8').replace(
      `'../index'`,
      `'backstage-plugin-api-keys-backend'`,
    );
    const page = readFileSync(DOCS, 'utf8');
    expect(withoutLayout(page)).toContain(withoutLayout(source));
  });

  it('lets admins view and act', async () => {
    give('admin');
    for (const path of READS) await get(path).expect(200);
    await lookUp(ofAda).expect(200);
    for (const change of changes(ofAda)) {
      expect([200, 204]).toContain((await change).status);
    }
    expect(await visibleOwners()).toEqual([TEAM, 'user:default/ada']);
  });

  it('lets auditors view everything and change nothing', async () => {
    give('auditor');
    for (const path of READS) await get(path).expect(200);
    await lookUp(ofAda).expect(200);
    for (const change of changes(ofAda)) await change.expect(403);
    expect(await visibleOwners()).toEqual([TEAM, 'user:default/ada']);
  });

  it('lets regional auditors view the keys of teams', async () => {
    give('regional auditor');
    for (const path of READS) await get(path).expect(200);
    expect(await visibleOwners()).toEqual([TEAM]);
    await lookUp(ofTeam).expect(200);
    await lookUp(ofAda).expect(404);
    for (const change of changes(ofTeam)) await change.expect(403);
  });

  it('lets developers do none of this', async () => {
    give('developer');
    for (const path of READS) await get(path).expect(403);
    await lookUp(ofAda).expect(403);
    for (const change of changes(ofAda)) await change.expect(403);
    const mine = '/api/api-keys/v1/keys';
    await portal.call('get', mine, await portal.signIn('ada')).expect(200);
  });
});
