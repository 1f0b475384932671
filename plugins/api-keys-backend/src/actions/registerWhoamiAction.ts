import { ActionsRegistryService } from '../backstage/actionsRegistry';
import { toApiKey } from '../router/toApiKey';
import { ApiKeyService } from '../service/ApiKeyService';
import { ActionCallers } from './ActionCallers';
import { keySchema } from './keySchema';

const DESCRIPTION = `
Says who you are to this Backstage portal: the user or group that your calls act as, what that one owns, and the API key that
your calls are made with, if they are made with one.

Use it to find out on whose behalf you work, when your key expires and what it is restricted to, or to get the key's id. It takes
no arguments. The secret of the key is not in the answer.

key is null if the calls are not made with an API key but by somebody who has signed in.
`.trim();

/** `api-keys:whoami`: the caller, and the key of the call. */
export function registerWhoamiAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: ApiKeyService;
  callers: ActionCallers;
}): void {
  const { actionsRegistry, service, callers } = options;
  actionsRegistry.register({
    name: 'whoami',
    title: 'Who am I, and which API key is this?',
    description: DESCRIPTION,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          userEntityRef: z
            .string()
            .describe('Entity ref of the user or group that calls act as'),
          ownershipEntityRefs: z
            .array(z.string())
            .describe('Entity refs whose things are theirs'),
          key: keySchema(z)
            .nullable()
            .describe('The API key that this call was made with'),
        }),
    },
    action: async ({ credentials }) => {
      const caller = await callers.of(credentials);
      const { userEntityRef, ownershipEntityRefs, keyId } = caller;
      const key =
        keyId === undefined
          ? null
          : toApiKey(await service.get(caller, keyId), Date.now());
      return { output: { userEntityRef, ownershipEntityRefs, key } };
    },
  });
}
