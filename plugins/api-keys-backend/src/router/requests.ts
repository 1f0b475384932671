import { InputError } from '@backstage/errors';
import {
  API_KEY_DESCRIPTION_MAX_LENGTH,
  API_KEY_NAME_MAX_LENGTH,
  API_KEY_ORDERS,
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
} from 'backstage-plugin-api-keys-common';
import { Duration } from 'luxon';
import { z } from 'zod';

/** Half of a surrogate pair: no character, and no database stores it as it came. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL_CHARACTER = /\p{Cc}/u;
const CONTROL_CHARACTER_IN_LINES = /(?![\n\r\t])\p{Cc}/u;

const text = (maxLength: number, forbidden: RegExp) =>
  z
    .string()
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine(value => !forbidden.test(value), {
      error: 'must not contain control characters',
    })
    .refine(value => !LONE_SURROGATE.test(value), {
      error: 'must be well-formed Unicode',
    });

const name = text(API_KEY_NAME_MAX_LENGTH, CONTROL_CHARACTER)
  .trim()
  .min(1, 'must not be blank');

const description = text(
  API_KEY_DESCRIPTION_MAX_LENGTH,
  CONTROL_CHARACTER_IN_LINES,
);

const time = z.iso.datetime({
  offset: true,
  error:
    'must be an ISO 8601 time with a time zone, such as 2030-01-31T12:00:00Z',
});

const duration = z.string().refine(isPositiveDuration, {
  error: 'must be a positive ISO 8601 duration, such as P90D',
});

/** Once or several times in the query. */
const statuses = z.preprocess(
  value => (typeof value === 'string' ? [value] : value),
  z.array(z.enum(API_KEY_STATUSES)).max(API_KEY_STATUSES.length),
);

const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .refine(value => value >= 1 && value <= API_KEY_PAGE_SIZE_MAX, {
    error: `must be from 1 to ${API_KEY_PAGE_SIZE_MAX}`,
  });

export const createKeySchema = z.strictObject({
  name,
  description: description.optional(),
  expiresAt: time.nullable().optional(),
  expiresIn: duration.optional(),
  inactivityTimeout: duration.nullable().optional(),
});

export const updateKeySchema = z
  .strictObject({
    name: name.optional(),
    description: description.nullable().optional(),
    expiresAt: time.optional(),
  })
  .refine(changes => Object.keys(changes).length > 0, {
    error: 'must change something: name, description or expiresAt',
  });

export const rotateKeySchema = z.strictObject({
  expiresIn: duration.optional(),
  overlap: z.enum(['until-first-use', 'immediately']).optional(),
});

export const listKeysSchema = z.strictObject({
  status: statuses.optional(),
  q: text(API_KEY_QUERY_MAX_LENGTH, CONTROL_CHARACTER).optional(),
  orderBy: z.enum(API_KEY_ORDERS).default('createdAt:desc'),
  limit: limit.default(API_KEY_PAGE_SIZE_DEFAULT),
  cursor: z.string().max(2000).optional(),
});

/** RFC 7009 §2.1: other parameters, such as `token_type_hint`, are ignored. A list is an extension. */
const token = z.string().min(1).max(1000);
export const revokeSchema = z.object({
  token: z.union([token, z.array(token).min(1).max(100)], {
    error: 'must be a secret, or a list of up to 100 of them',
  }),
});

export const lookupSchema = z.strictObject({ token });

const entityRef = text(255, CONTROL_CHARACTER)
  .regex(
    /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/,
    'must be a full entity ref, such as user:default/ada',
  )
  .transform(ref => ref.toLocaleLowerCase('en-US'));

export const revokeKeysSchema = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(1000).optional(),
    filter: z
      .strictObject({
        owner: entityRef.optional(),
        status: z.array(z.enum(API_KEY_STATUSES)).min(1).optional(),
        q: text(API_KEY_QUERY_MAX_LENGTH, CONTROL_CHARACTER).min(1).optional(),
      })
      // An empty filter would mean everybody's keys.
      .refine(filter => Object.values(filter).some(value => value), {
        error: 'must hold at least one of owner, status, q',
      })
      .optional(),
    reason: z.enum(['admin', 'leaked', 'offboarded', 'policy']),
    dryRun: z.boolean().optional(),
  })
  .refine(({ ids, filter }) => Boolean(ids) !== Boolean(filter), {
    error: 'must hold either ids or filter',
  });

export const listEventsSchema = z.strictObject({
  limit: limit.default(API_KEY_PAGE_SIZE_DEFAULT),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, 'must be the nextCursor of a page before')
    .transform(Number)
    .optional(),
});

export const listAllEventsSchema = listEventsSchema.extend({
  category: z.enum(['AUDIT', 'SECURITY', 'ERROR']).optional(),
  type: text(32, CONTROL_CHARACTER).optional(),
  keyId: z.uuid().optional(),
  owner: entityRef.optional(),
  actor: entityRef.optional(),
  from: time.optional(),
  to: time.optional(),
});

/**
 * Checks input from outside.
 *
 * @throws InputError that names the field and what is wrong with it
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  throw new InputError(error.issues.map(describe).join('; '));
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(key => JSON.stringify(key)).join(', ');
    return `${field || 'the request'} has unknown fields: ${names}`;
  }
  return `${field || 'the request'}: ${issue.message}`;
}

function isPositiveDuration(value: string): boolean {
  const parsed = Duration.fromISO(value);
  return parsed.isValid && parsed.toMillis() > 0;
}
