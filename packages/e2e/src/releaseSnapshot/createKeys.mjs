import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEAKS_SECRET } from './config.mjs';

/** Time after which a key created to end at once has ended. */
const MOMENT_MS = 1500;

/** One key, before and after the portal was restarted with another pepper. */
export async function createFirstKeys({ ada }, pepper) {
  return [await ada.createKey(`Made under ${pepper}`)];
}

/**
 * Creates keys of every kind, changed in every way that the API offers.
 *
 * @returns with the secret of each; the first use of a key in `unused` would end another one
 */
export async function createKeys(people) {
  return [
    ...(await createWorkingKeys(people)),
    ...(await createRestrictedKeys(people)),
    ...(await createRotatedKeys(people)),
    ...(await createEndedKeys(people)),
    ...(await createKeysUnderPolicies(people)),
  ];
}

async function createWorkingKeys({ ada, linus, grace }) {
  const plain = await ada.createKey('Nightly build', {
    description: 'Übersetzt alles,\nund "prüft" es: 日本語 🚢',
  });
  const expiring = await ada.createKey('Ends in 300 days', {
    expiresIn: 'P300D',
  });
  const soon = await ada.createKey('Ends in ten days', { expiresIn: 'P10D' });
  const usual = await ada.createKey('Ends when it is usual', {
    expiresAt: undefined,
  });
  const watched = await ada.createKey('Ends unless it is used', {
    inactivityTimeout: 'P30D',
  });
  const kept = await ada.createKey('Kept alive', { inactivityTimeout: 'P30D' });
  await ada.post(`/keys/${kept.key.id}/keep-alive`);
  const team = await ada.createKey("The team's", {
    owner: 'group:default/team-a',
  });
  const changed = await ada.createKey('As it was called first');
  changed.key = await ada.patch(`/keys/${changed.key.id}`, {
    name: 'Renamed and shortened',
    expiresAt: inDays(200),
  });
  const prolonged = await ada.createKey('Ends when an admin says', {
    expiresIn: 'P10D',
  });
  await grace.patch(`/admin/keys/${prolonged.key.id}`, {
    expiresAt: inDays(100),
  });
  const given = await linus.createKey('Given to the team');
  await grace.post('/admin/transfer', {
    ids: [given.key.id],
    owner: 'group:default/team-b',
  });
  return [
    plain,
    expiring,
    soon,
    usual,
    watched,
    kept,
    team,
    changed,
    prolonged,
    given,
  ];
}

async function createRestrictedKeys({ ada }) {
  const restrictedTo = (name, ...accessRestrictions) =>
    ada.createKey(name, { accessRestrictions });
  return [
    await restrictedTo('For the catalog', { plugin: 'catalog' }),
    await restrictedTo(
      'For two plugins',
      { plugin: 'api-keys' },
      { plugin: 'catalog' },
    ),
    await restrictedTo('For entities', {
      plugin: 'catalog',
      permission: ['catalog.entity.read'],
    }),
    await restrictedTo('For locations', {
      plugin: 'catalog',
      permission: ['catalog.location.read'],
    }),
    await restrictedTo('For reading', {
      plugin: 'catalog',
      permissionAttribute: { action: ['read'] },
    }),
    await ada.createKey('From this machine', {
      allowedIps: ['127.0.0.0/8', '::1/128'],
    }),
    await ada.createKey('From elsewhere', { allowedIps: ['203.0.113.0/24'] }),
    await ada.createKey('For services', {
      scopes: ['reports:read', 'api:default/booking-api'],
    }),
  ];
}

async function createRotatedKeys({ ada }) {
  const retiring = await ada.createKey('Rotated, and both work');
  const unused = await ada.rotate(retiring);
  const superseded = await ada.createKey('Rotated, and the new one is used');
  const used = await ada.rotate(superseded, {
    expiresIn: 'P300D',
    overlap: 'until-first-use',
  });
  const replaced = await ada.createKey('Rotated without an overlap');
  const successor = await ada.rotate(replaced, { overlap: 'immediately' });
  // Presents the used key first: its first use ends its predecessor.
  return [
    retiring,
    { ...unused, unused: true },
    used,
    superseded,
    replaced,
    successor,
  ];
}

async function createEndedKeys({ ada, grace }) {
  const revoked = await ada.createKey('Revoked by its owner');
  await ada.delete(`/keys/${revoked.key.id}`);
  const ended = await ada.createKey('Revoked by an admin');
  await grace.post('/admin/revoke', { ids: [ended.key.id], reason: 'admin' });
  const leaked = await ada.createKey('Leaked, and found by a scanner');
  await reportLeak(grace, leaked.secret);
  const found = await ada.createKey('Revoked with its secret');
  await grace.post('/revoke', { token: found.secret });
  const expired = await ada.createKey('Expired', { expiresIn: 'PT1S' });
  const inactive = await ada.createKey('Inactive', {
    inactivityTimeout: 'PT1S',
  });
  await sleep(MOMENT_MS);
  return [revoked, ended, leaked, found, expired, inactive];
}

/** Keys that policies shorten, and keys that they forbid. */
async function createKeysUnderPolicies({ linus, grace }) {
  const set = (owner, override) =>
    grace.put(`/admin/owners/${encodeURIComponent(owner)}/policy`, override);
  const cutShort = await linus.createKey('Cut short by a policy');
  await set('user:default/linus', {
    lifetime: { default: 'P20D', max: 'P60D', allowUnlimited: false },
    limits: { keysPerOwner: 7 },
    restrictions: { forbidden: ['catalog'] },
  });
  await set('group:default/team-b', { inactivity: { max: 'P90D' } });
  const closed = await linus.createKey('Made under a policy', {
    expiresAt: undefined,
  });
  return [cutShort, closed];
}

function reportLeak(person, secret) {
  const report = JSON.stringify([
    {
      token: secret,
      type: 'backstage_api_key',
      url: 'https://git.example.com/deploy.sh',
      source: 'content',
    },
  ]);
  const hmac = createHmac('sha256', LEAKS_SECRET).update(report).digest('hex');
  return person.post('/leaks', report, {
    'X-Hub-Signature-256': `sha256=${hmac}`,
  });
}

function inDays(days) {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
}
