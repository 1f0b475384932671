import { ApiKey } from 'backstage-plugin-api-keys-common';

/** What an owner can do with a key, in the order in which it is offered. */
export type KeyAction =
  | 'rotate'
  | 'duplicate'
  | 'edit'
  | 'keep-alive'
  | 'shorten'
  | 'revoke';

/** What can be done with a key in its state. A dead one can still be the model of a new one. */
export function actionsFor({ status, inactivityTimeout }: ApiKey): KeyAction[] {
  switch (status) {
    case 'active':
    case 'retiring':
      return [
        'rotate',
        'duplicate',
        'edit',
        ...(inactivityTimeout ? (['keep-alive'] as const) : []),
        'shorten',
        'revoke',
      ];
    case 'inactive':
      return ['duplicate', 'edit', 'keep-alive', 'revoke'];
    default:
      return ['duplicate'];
  }
}
