import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Audit } from '../observability/audit/Audit';
import { auditRevocation } from '../observability/audit/auditDetails';
import { ActionsRegistryService } from '../backstage/actionsRegistry';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { toKeyId } from '../router/requests';
import { ApiKeyService } from '../service/ApiKeyService';
import { ActionCaller, ActionCallers } from './ActionCallers';

const DESCRIPTION = `
Revokes an API key permanently, at once: requests with it are refused from now on, and the revocation cannot be undone. Find the id with the
action list or whoami, and make sure with the user which key is meant before you call this.

Use it when a key has leaked, or is not needed any more. Users who have signed in may revoke their own keys and those of their groups;
an API key may revoke only itself, which also ends your own access if it is the key you call with. Keys that it created
by rotating with its own secret end with it. Revoking a key again changes nothing.

Returns the revoked key, and the keys that ended with it. There is no action to create or to rotate a key: use the page "My API Keys" of the portal.
`.trim();

/**
 * `api-keys:revoke`: revokes a key.
 *
 * The only change that a plugin may make on behalf of a user: routes that change keys require the user in person, so that a
 * plugin cannot be tricked into creating a key. Revoking is safe in this respect, and the action exists to revoke a leaked key
 * from the chat that found it.
 */
export function registerRevokeAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: ApiKeyService;
  callers: ActionCallers;
  audit: Audit;
}): void {
  const { actionsRegistry, service, callers, audit } = options;

  const revoke = async (credentials: BackstageCredentials, id: string) => {
    const caller = await callers.of(credentials);
    return audit.action(
      {
        eventId: 'key-revoke',
        severityLevel: 'medium',
        meta: { keyId: id, ...describeCaller(caller) },
      },
      async () => {
        requireItself(caller, id);
        return service.revoke(caller, id);
      },
      auditRevocation,
    );
  };

  actionsRegistry.register({
    name: 'revoke',
    title: 'Revoke an API key',
    description: DESCRIPTION,
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          id: z
            .string()
            .uuid()
            .describe('The id of the key. Not its name, and never its secret.'),
        }),
      output: z =>
        z.object({
          id: z.string(),
          name: z.string(),
          owner: z.string(),
          wasRevokedBefore: z
            .boolean()
            .describe('Whether it had been revoked already'),
          alsoRevoked: z
            .array(
              z.object({ id: z.string(), name: z.string(), owner: z.string() }),
            )
            .describe(
              'Keys that this key had made of itself, and that ended with it',
            ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { key, alsoRevoked } = await revoke(credentials, toKeyId(input));
      return {
        output: {
          ...describeKey(key),
          wasRevokedBefore: key.revokedAt !== undefined,
          alsoRevoked: alsoRevoked.map(describeKey),
        },
      };
    },
  });
}

/** @throws NotAllowedError for a key that means another one: keys cannot manage other keys */
function requireItself({ keyId }: ActionCaller, id: string) {
  if (keyId !== undefined && keyId !== id) {
    throw new NotAllowedError(
      `An API key can revoke only itself, and this call is made with the key ${keyId}; the page My API Keys of the portal revokes any of yours`,
    );
  }
}

function describeKey({ id, name, owner }: ApiKeyRecord) {
  return { id, name, owner };
}

function describeCaller({
  userEntityRef,
  keyId,
  via,
}: ActionCaller): JsonObject {
  return { actor: userEntityRef, withKey: keyId, via };
}
