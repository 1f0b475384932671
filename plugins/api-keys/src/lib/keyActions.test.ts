import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey } from '../__testUtils__/keys';
import { actionsFor, KeyAction } from './keyActions';

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
