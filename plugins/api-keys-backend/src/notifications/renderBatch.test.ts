import { JsonObject } from '@backstage/types';
import { KeyEvent, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { DAY } from '../lifecycle/time';
import { renderBatch } from './renderBatch';
import { NotificationKind } from './classifyEvent';

const ADA = 'user:default/ada';
const PORTAL = 'https://portal.example.com';
const TEAM = 'group:default/team-a';
const NOW = Date.UTC(2026, 10, 24, 14);

const inDays = (days: number) => new Date(NOW + days * DAY).toISOString();

const DETAILS: Record<NotificationKind, JsonObject> = {
  created: { name: 'ci', expiresAt: null },
  revoked: { reason: 'admin' },
  leaked: { reason: 'leaked' },
  'secret-found': {
    reason: 'leaked',
    cause: 'secret-scanning',
    scanner: 'github',
    url: 'https://github.com/a/b',
  },
  'leak-reported': { scanner: 'generic' },
  'secret-reused': { reason: 'leaked', cause: 'rotated-key-reused' },
  'revoked-with': {
    reason: 'admin',
    cause: 'ancestor-revoked',
    revokedWith: 'old',
  },
  offboarded: { reason: 'offboarded' },
  'owner-replaced': { reason: 'offboarded', cause: 'owner-replaced' },
  'owner-unconfirmed': {},
  'shortened-by-policy': {
    expiresAt: inDays(3),
    previousExpiresAt: null,
    inactivityTimeout: 'P30D',
    previousInactivityTimeout: null,
  },
  'rotated-out': { reason: 'rotated', plugin: 'catalog' },
  ending: { kind: 'expiry', endsAt: inDays(3), threshold: 'P3D' },
  transferred: { from: 'user:default/linus', to: TEAM },
};

const KINDS = Object.keys(DETAILS) as NotificationKind[];
const BY_NOBODY: NotificationKind[] = [
  'secret-found',
  'leak-reported',
  'secret-reused',
  'offboarded',
  'owner-replaced',
  'owner-unconfirmed',
  'shortened-by-policy',
  'rotated-out',
  'ending',
];

/** Renders a notice of so many keys, of which it names the first two. */
function notice(
  kind: NotificationKind,
  owner: string,
  total: number,
  fields: Partial<StoredKeyEvent> = {},
) {
  const events = ['first', 'second'].slice(0, total).map(
    (keyId, i) =>
      ({
        id: i + 7,
        at: NOW,
        category: 'AUDIT',
        type: 'whatever',
        keyId,
        owner,
        actor: BY_NOBODY.includes(kind) ? undefined : 'user:default/grace',
        details: DETAILS[kind],
        ...fields,
      } as StoredKeyEvent as KeyEvent),
  );
  const keys = new Map(
    events.map(({ keyId }) => [
      keyId,
      {
        name: `the ${keyId}`,
        lastUsedAt: NOW - 3 * DAY,
        lastUsedIp: '203.0.113.7',
      },
    ]),
  );
  const batch = { kind, recipients: [owner], events, total };
  const [first, ...others] = renderBatch(batch, {
    keys,
    portalUrl: PORTAL,
    now: NOW,
  });
  expect(others).toEqual([]);
  return first.payload;
}

describe.each(KINDS)('a notice of keys that were %s', kind => {
  it.each([
    [1, ADA],
    [1, TEAM],
    [2, ADA],
    [3, TEAM],
  ])('is complete for %i of %s', (total, owner) => {
    const { title, description, link, scope, topic } = notice(
      kind,
      owner,
      total,
    );
    const text = `${title}. ${description}`;
    expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid| {2}|\.\./);
    expect(text).toContain('“the first”');
    expect(text.includes('“the second”')).toBe(total > 1);
    expect(text.includes(`and 1 more: ${PORTAL}/`)).toBe(total === 3);
    const namesLastUse = kind !== 'created' || total > 1;
    expect(
      text.toLowerCase().includes('last used 3 days ago from 203.0.113.7'),
    ).toBe(namesLastUse);
    const lines = description.split('\n').filter(one => one.startsWith('•'));
    expect(lines).toEqual(
      Array(total === 1 ? 0 : 2).fill(
        expect.stringMatching(/: https:\/\/portal\.example\.com\/api-keys\S+$/),
      ),
    );
    expect(text.includes(TEAM)).toBe(owner === TEAM);
    expect(link).toMatch(/^\/api-keys/);
    expect(scope).toBe('api-keys:event:7');
    expect(topic).toMatch(/^api-key-[a-z-]+$/);
  });
});

it('has the same scope if it is repeated with a later event that sorts first', () => {
  const ending = (id: number, days: number) =>
    ({
      id,
      at: NOW,
      category: 'AUDIT',
      type: 'warned',
      keyId: `key-${id}`,
      owner: ADA,
      details: { kind: 'expiry', endsAt: inDays(days), threshold: 'P3D' },
    } as StoredKeyEvent);
  const scopesOf = (events: StoredKeyEvent[]) =>
    renderBatch(
      { kind: 'ending', recipients: [ADA], events, total: events.length },
      { keys: new Map(), portalUrl: PORTAL, now: NOW },
    ).map(({ payload }) => payload.scope);
  const scopes = scopesOf([ending(7, 3)]);
  expect(scopes).toEqual(['api-keys:event:7']);
  expect(scopesOf([ending(7, 3), ending(8, 1)])).toEqual(scopes);
});

it('a notice of a key that was never to end says since when it ends, and is urgent in its last day', () => {
  const { title, description, severity } = notice(
    'shortened-by-policy',
    ADA,
    1,
  );
  expect(title).toBe('API key “the first” ends sooner');
  expect(description).toBe(
    'By the policy of this portal, it now expires on 27 Nov 2026 14:00 UTC and stops working after 30 days without use. It was last used 3 days ago from 203.0.113.7.',
  );
  expect(severity).toBe('normal');
  const details = { expiresAt: inDays(0.5), previousExpiresAt: inDays(9) };
  expect(notice('shortened-by-policy', ADA, 1, { details }).severity).toBe(
    'high',
  );
});

it('a notice of a key that a policy ended says so', () => {
  const details = { expiresAt: inDays(-1), previousExpiresAt: inDays(9) };
  const { description } = notice('shortened-by-policy', ADA, 1, { details });
  expect(description).toContain('it expired on 23 Nov 2026 14:00 UTC.');
});

it.each([
  ['has it', 'https://github.com/a/b', ' at https://github.com/a/b,'],
  [
    'has the start of it, if it is long',
    `https://a.com/${'x'.repeat(500)}`,
    ` at https://a.com/${'x'.repeat(286)}…,`,
  ],
  ['says nothing of it, if it is not known', undefined, 'found it,'],
])('a notice of a leak at some place %s', (_, url, text) => {
  const details = { scanner: 'generic', ...(url && { url }) };
  for (const kind of ['secret-found', 'leak-reported'] as const) {
    const { description, severity } = notice(kind, ADA, 1, { details });
    expect(description).toContain(text);
    expect(severity).toBe('critical');
  }
});

it('a notice of a key that no longer exists names its id', () => {
  const event: KeyEvent = {
    id: 1,
    at: NOW,
    category: 'AUDIT',
    type: 'revoked',
    keyId: 'gone',
    owner: ADA,
    actor: 'user:default/grace',
    details: { reason: 'admin' },
  };
  const [{ payload: found }] = renderBatch(
    { kind: 'revoked', recipients: [ADA], events: [event], total: 1 },
    { keys: new Map(), portalUrl: PORTAL, now: NOW },
  );
  expect(found.title).toBe('API key “gone” was revoked');
});
