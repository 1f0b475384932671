import {
  ApiKey,
  ApiKeyRefusedStatus,
  isAcceptedStatus,
} from 'backstage-plugin-api-keys-common';

/** What an owner can do with a key, in the order in which it is offered. */
export type KeyAction =
  | 'rotate'
  | 'duplicate'
  | 'edit'
  | 'keep-alive'
  | 'shorten'
  | 'revoke';

/** What links to the page of a key can ask for, such as those in notifications. */
export const LINKED_ACTIONS = [
  'rotate',
  'keep-alive',
  'revoke',
] as const satisfies readonly KeyAction[];

export type LinkedAction = (typeof LINKED_ACTIONS)[number];

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
    case 'expired':
    case 'revoked':
      return ['duplicate'];
    default:
      throw new Error(`Unknown status: ${status satisfies never}`);
  }
}

/** Why a link asks in vain: what it asks for is not possible, or not possible any more. */
export type LinkProblem = {
  action: LinkedAction;
  reason: ApiKeyRefusedStatus | 'no-timeout';
};

/** What is wrong with a link that asks for something, if anything is. */
export function linkProblemOf(
  action: LinkedAction,
  apiKey: ApiKey,
): LinkProblem | undefined {
  if (actionsFor(apiKey).includes(action)) return undefined;
  const { status } = apiKey;
  return {
    action,
    // Of what works, only a key without a timeout needs not be kept alive.
    reason: isAcceptedStatus(status) ? 'no-timeout' : status,
  };
}
