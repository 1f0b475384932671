import {
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
} from 'backstage-plugin-api-keys-common';
import { ActionsRegistryService } from '../backstage/actionsRegistry';
import { redact } from '../lib/redact';
import { toKeyFilter, toKeyPage } from '../router/requests';
import { toApiKeyPage } from '../router/toApiKey';
import { requireNoSecrets } from '../openapi/requireNoSecrets';
import { ApiKeyService } from '../service/ApiKeyService';
import { ActionCallers } from './ActionCallers';
import { keySchema } from './keySchema';

const DESCRIPTION = `
Lists the API keys of the caller and of the groups that the caller is in, latest first. API keys are what scripts, CI jobs
and agents send to this Backstage portal to act as their owner.

Use it to answer questions such as "which keys do I have", "which of them expire soon", "is this key still in use", and to find
the id of a key before you revoke it. It never shows keys of other people, and never a secret: nobody can be shown a secret again.

Returns the keys with their status, expiry and last use, and how many there are in all. If nextCursor comes back, there are more:
call again with the same arguments and that cursor.
`.trim();

/** `api-keys:list`: the caller's own keys. */
export function registerListAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: ApiKeyService;
  callers: ActionCallers;
}): void {
  const { actionsRegistry, service, callers } = options;
  actionsRegistry.register({
    name: 'list',
    title: 'List my API keys',
    description: DESCRIPTION,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          status: z
            // The registry repeats invalid values in its error.
            .array(z.preprocess(redact, z.enum(API_KEY_STATUSES)))
            .optional()
            .describe(
              'Only keys in one of these states. All that work are active and retiring; left out, the dead ones come too.',
            ),
          q: z
            .string()
            .max(API_KEY_QUERY_MAX_LENGTH)
            .optional()
            .describe(
              'Only keys with this text in their name, description or hint (the last characters of the secret). Never put a whole secret here.',
            ),
          limit: z
            .number()
            .int()
            .min(1)
            .max(API_KEY_PAGE_SIZE_MAX)
            .optional()
            .describe(
              `How many to return at a time, ${API_KEY_PAGE_SIZE_DEFAULT} if left out`,
            ),
          cursor: z
            .string()
            .max(2000)
            .optional()
            .describe('nextCursor of the answer before'),
        }),
      output: z =>
        z.object({
          keys: z.array(keySchema(z)),
          totalItems: z
            .number()
            .describe('How many keys there are over all pages'),
          totalIsCapped: z
            .boolean()
            .describe('Whether there are even more than totalItems'),
          nextCursor: z
            .string()
            .optional()
            .describe('Missing on the last page'),
        }),
    },
    action: async ({ input, credentials }) => {
      const caller = await callers.of(credentials);
      requireNoSecrets(input);
      const found = await service.list(
        caller,
        toKeyFilter(input),
        toKeyPage(input),
      );
      const { items, pageInfo, ...totals } = toApiKeyPage(found, Date.now());
      return {
        output: { keys: items, ...totals, nextCursor: pageInfo.nextCursor },
      };
    },
  });
}
