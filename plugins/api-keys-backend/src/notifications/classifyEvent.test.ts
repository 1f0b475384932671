import { JsonObject } from '@backstage/types';
import { KeyEvent, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { classifyEvent } from './classifyEvent';

const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';

const anEvent = (
  type: string,
  details: JsonObject,
  by: Pick<KeyEvent, 'actor'> & Partial<StoredKeyEvent> = { actor: undefined },
) =>
  ({
    id: 1,
    at: 0,
    category: 'AUDIT',
    type,
    keyId: 'key',
    owner: ADA,
    details,
    ...by,
  } as KeyEvent);

const admin = { actor: 'user:default/grace' };
const inPerson = { actor: ADA };

describe('the kind of notification for an event', () => {
  it.each<[string | undefined, string, KeyEvent]>([
    ['created', 'a new key', anEvent('created', {}, inPerson)],
    [
      undefined,
      'a successor',
      anEvent('created', { predecessorId: 'old' }, inPerson),
    ],
    [
      'revoked',
      'an admin’s revocation',
      anEvent('revoked', { reason: 'admin' }, admin),
    ],
    [
      'revoked',
      'an admin’s, for a policy',
      anEvent('revoked', { reason: 'policy' }, admin),
    ],
    [
      'revoked',
      'an admin’s, for a leaver',
      anEvent('revoked', { reason: 'offboarded' }, admin),
    ],
    [
      'offboarded',
      'the portal’s, for a leaver',
      anEvent('revoked', { reason: 'offboarded' }),
    ],
    [
      'owner-replaced',
      'the end of keys of who was replaced',
      anEvent('revoked', { reason: 'offboarded', cause: 'owner-replaced' }),
    ],
    [
      'owner-replaced',
      'the same, by who has the name now',
      anEvent(
        'revoked',
        { reason: 'offboarded', cause: 'owner-replaced' },
        inPerson,
      ),
    ],
    [
      'owner-unconfirmed',
      'an owner who has to be confirmed',
      anEvent('owner-unconfirmed', {}),
    ],
    [undefined, 'one who was', anEvent('owner-confirmed', {}, inPerson)],
    [
      'secret-found',
      'a scanner’s',
      anEvent('revoked', { reason: 'leaked', cause: 'secret-scanning' }),
    ],
    [
      'leak-reported',
      'a leak',
      anEvent('leak-reported', { scanner: 'github' }),
    ],
    ['leaked', 'a finder’s', anEvent('revoked', { reason: 'leaked' })],
    [
      'leaked',
      'an admin’s of a leaked one',
      anEvent('revoked', { reason: 'leaked' }, admin),
    ],
    [
      'secret-reused',
      'the end of a family',
      anEvent('revoked', { reason: 'leaked', cause: 'rotated-key-reused' }),
    ],
    ...['ancestor-revoked', 'family-leaked'].flatMap(cause =>
      ['admin', 'leaked'].map((reason): [string, string, KeyEvent] => [
        'revoked-with',
        `${cause}, ${reason}`,
        anEvent('revoked', { reason, cause, revokedWith: 'old' }, admin),
      ]),
    ),
    [
      undefined,
      'what ended with a key that its owner or a member revoked',
      anEvent(
        'revoked',
        { reason: 'owner', cause: 'ancestor-revoked', revokedWith: 'old' },
        { ...admin, owner: TEAM },
      ),
    ],
    [
      undefined,
      'the owner’s own revocation',
      anEvent('revoked', { reason: 'owner' }, inPerson),
    ],
    [
      undefined,
      'a member’s',
      anEvent('revoked', { reason: 'owner' }, { ...admin, owner: TEAM }),
    ],
    [
      undefined,
      'an admin’s of an own key',
      anEvent('revoked', { reason: 'admin' }, inPerson),
    ],
    [
      undefined,
      'the end of a rotation',
      anEvent('revoked', { reason: 'rotated' }, inPerson),
    ],
    [
      undefined,
      'a superseded key',
      anEvent('revoked', { reason: 'superseded' }, inPerson),
    ],
    [
      'rotated-out',
      'a rotated-out secret',
      anEvent('rotated-key-presented', { reason: 'rotated' }),
    ],
    [undefined, 'another dead key', anEvent('refused', { reason: 'expired' })],
    [
      'transferred',
      'a transfer',
      anEvent('transferred', { from: ADA, to: TEAM }, admin),
    ],
    ['ending', 'a warning', anEvent('warned', { kind: 'expiry' })],
    [undefined, 'what it does not know', anEvent('borrowed', {})],
  ])('is %s for %s', (kind, _, event) => {
    expect(classifyEvent(event)).toBe(kind);
  });

  const SOON = '2030-01-01T00:00:00.000Z';
  const LATE = '2031-01-01T00:00:00.000Z';

  it.each<[boolean, JsonObject]>([
    [true, { expiresAt: SOON, previousExpiresAt: LATE }],
    [true, { expiresAt: SOON, previousExpiresAt: null }],
    [false, { expiresAt: LATE, previousExpiresAt: SOON }],
    [false, { expiresAt: null, previousExpiresAt: SOON }],
    [false, { expiresAt: SOON, inactivityTimeout: null }],
    [true, { inactivityTimeout: 'PT36H', previousInactivityTimeout: 'P2D' }],
    [true, { inactivityTimeout: 'P30D', previousInactivityTimeout: null }],
    [false, { inactivityTimeout: 'P3D', previousInactivityTimeout: 'PT36H' }],
    [false, { inactivityTimeout: null, previousInactivityTimeout: 'P2D' }],
    [false, { expiresAt: SOON, forbiddenPlugins: ['catalog'] }],
  ])('is that it was shortened: %s, for %j', (isShorter, details) => {
    expect(classifyEvent(anEvent('policy-applied', details))).toBe(
      isShorter ? 'shortened-by-policy' : undefined,
    );
  });
});
