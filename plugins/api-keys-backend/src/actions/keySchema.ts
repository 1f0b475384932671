import { API_KEY_STATUSES } from 'backstage-plugin-api-keys-common';
import type { z as Zod } from 'zod/v3';

/**
 * What an agent is told of a key; the registry takes everything else out of an answer. Where a key was last used from is left
 * out: addresses of people are nothing that a language model has to have.
 */
export function keySchema(z: typeof Zod) {
  const time = (what: string) =>
    z.string().nullable().describe(`${what}; ISO 8601 in UTC`);
  return z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    owner: z
      .string()
      .describe('Entity ref of the user or group who manages the key'),
    subject: z
      .string()
      .describe('Entity ref that requests with the key act as'),
    status: z
      .enum(API_KEY_STATUSES)
      .describe(
        'active: works; retiring: was rotated, and works until its successor is used; inactive, expired, revoked: is refused',
      ),
    hint: z
      .string()
      .describe('The last characters of the secret, to tell keys apart'),
    createdAt: time('When it was made'),
    expiresAt: time('When it ends, null for never'),
    inactiveAt: time('When it stops working unless it is used, null for never'),
    lastUsedAt: time('When it was last used, null for never'),
    useCount: z.number(),
    revokedAt: time('When it was revoked, null if it was not'),
    revokedReason: z.string().nullable(),
    accessRestrictions: z
      .array(
        z.object({
          plugin: z.string(),
          permission: z.array(z.string()).optional(),
          permissionAttribute: z
            .object({ action: z.array(z.string()).optional() })
            .optional(),
        }),
      )
      .nullable()
      .describe(
        'The only plugins, and permissions of them, that the key may use; null for all that its subject may',
      ),
    allowedIps: z
      .array(z.string())
      .nullable()
      .describe('The only networks it works from; null for all'),
    scopes: z
      .array(z.string())
      .describe('What it is for in services outside of Backstage'),
  });
}
