import {
  ApiKey,
  ApiKeyRefusedStatus,
  isAcceptedStatus,
} from 'backstage-plugin-api-keys-common';

/** Actions of an owner on a key, in menu order. */
export type KeyAction =
  | 'rotate'
  | 'duplicate'
  | 'edit'
  | 'keep-alive'
  | 'shorten'
  | 'revoke';

/** Actions that a link to the page of a key can request, such as one in a notification. */
export const LINKED_ACTIONS = [
  'rotate',
  'keep-alive',
  'revoke',
] as const satisfies readonly KeyAction[];

export type LinkedAction = (typeof LINKED_ACTIONS)[number];

/** Returns the actions that the status of a key allows. Any key can be cloned. */
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

/** Explains why an action from a link is not possible. */
export type LinkProblem = {
  action: LinkedAction;
  reason: ApiKeyRefusedStatus | 'no-timeout';
};

/** Returns why an action from a link is not possible; undefined if it is. */
export function linkProblemOf(
  action: LinkedAction,
  apiKey: ApiKey,
): LinkProblem | undefined {
  if (actionsFor(apiKey).includes(action)) return undefined;
  const { status } = apiKey;
  return {
    action,
    // For a working key, `keep-alive` without a timeout is the only action that is not possible.
    reason: isAcceptedStatus(status) ? 'no-timeout' : status,
  };
}
