import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey } from '../../__testUtils__/keys';
import {
  actionsFor,
  KeyAction,
  LinkProblem,
  linkProblemOf,
} from './keyActions';

describe('actionsFor', () => {
  it.each<[Partial<ApiKey>, KeyAction[]]>([
    [
      { status: 'active' },
      ['rotate', 'duplicate', 'edit', 'shorten', 'revoke'],
    ],
    [
      { status: 'retiring', inactivityTimeout: 'P30D' },
      ['rotate', 'duplicate', 'edit', 'keep-alive', 'shorten', 'revoke'],
    ],
    [
      { status: 'inactive', inactivityTimeout: 'P30D' },
      ['duplicate', 'edit', 'keep-alive', 'revoke'],
    ],
    [{ status: 'expired' }, ['duplicate']],
    [{ status: 'revoked' }, ['duplicate']],
  ])('a key that is %j can be: %j', (key, actions) => {
    expect(actionsFor(aKey(key))).toEqual(actions);
  });
});

describe('linkProblemOf', () => {
  it.each<[Partial<ApiKey>, LinkProblem['action'], LinkProblem['reason']]>([
    [{ status: 'expired' }, 'rotate', 'expired'],
    [{ status: 'expired' }, 'revoke', 'expired'],
    [{ status: 'revoked' }, 'revoke', 'revoked'],
    [{ status: 'revoked' }, 'keep-alive', 'revoked'],
    [{ status: 'inactive' }, 'rotate', 'inactive'],
    [{ status: 'active' }, 'keep-alive', 'no-timeout'],
    [{ status: 'retiring' }, 'keep-alive', 'no-timeout'],
  ])('of a key that is %j, to %s it, is “%s”', (key, action, reason) => {
    expect(linkProblemOf(action, aKey(key))).toEqual({ action, reason });
  });

  it.each<[Partial<ApiKey>, LinkProblem['action']]>([
    [{ status: 'active' }, 'rotate'],
    [{ status: 'retiring' }, 'revoke'],
    [{ status: 'inactive' }, 'keep-alive'],
    [{ status: 'active', inactivityTimeout: 'P30D' }, 'keep-alive'],
  ])('is none of a key that is %j, to %s it', (key, action) => {
    expect(linkProblemOf(action, aKey(key))).toBeUndefined();
  });
});
