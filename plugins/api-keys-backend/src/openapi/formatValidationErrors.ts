import { ErrorObject } from 'ajv';

const ERRORS_MAX = 10;
const NAMES_MAX = 5;
/** Shorter than every secret. */
const NAME_MAX_LENGTH = 40;

const TYPES: Record<string, string> = {
  string: 'a string',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const MESSAGES: Record<string, (error: ErrorObject) => string> = {
  required: () => 'is missing',
  type: ({ params }) =>
    `must be ${[params.type]
      .flat()
      .map(type => TYPES[type])
      .join(' or ')}`,
  enum: ({ params }) => `must be one of ${params.allowedValues.join(', ')}`,
  minLength: () => 'must not be empty',
  maxLength: ({ params }) => `must have at most ${params.limit} characters`,
  minItems: () => 'must not be empty',
  maxItems: ({ params }) => `must have at most ${params.limit} items`,
  uniqueItems: ({ params }) => `must not hold [${params.j}] twice`,
  minimum: ({ parentSchema }) => range(parentSchema),
  maximum: ({ parentSchema }) => range(parentSchema),
};

/** Describes the errors in an input, field by field, with the messages of the document if it has some. */
export function formatValidationErrors(errors: ErrorObject[]): string {
  const unknown = errors.filter(isUnknownField);
  const lines = [
    ...errors
      .filter(error => !isUnknownField(error) && !isAboutNull(error))
      .map(describe),
    ...[...new Set(unknown.map(fieldOf))].map(field =>
      describeUnknown(
        field,
        unknown.filter(error => fieldOf(error) === field),
      ),
    ),
  ];
  return [...new Set(lines)].slice(0, ERRORS_MAX).join('; ');
}

function describe(error: ErrorObject): string {
  const field = [fieldOf(error), error.params.missingProperty]
    .filter(Boolean)
    .join('.');
  const message =
    MESSAGES[error.keyword]?.(error) ?? error.parentSchema?.['x-message'];
  return `${field || 'the request'}: ${message ?? error.message}`;
}

/** Cuts long names: one may be a secret that was sent as a name by mistake. */
function describeUnknown(field: string, errors: ErrorObject[]): string {
  const names = errors
    .map(({ params }): string => params.additionalProperty)
    .map(name =>
      name.length > NAME_MAX_LENGTH ? `${name.slice(0, 10)}…` : name,
    );
  const quoted = names.slice(0, NAMES_MAX).map(name => JSON.stringify(name));
  return `${field || 'the request'} has unknown fields: ${quoted.join(', ')}`;
}

function isUnknownField({ keyword }: ErrorObject): boolean {
  return keyword === 'additionalProperties';
}

/** For "a type or null", the errors about the type are enough. */
function isAboutNull({ keyword, params }: ErrorObject): boolean {
  return keyword === 'anyOf' || (keyword === 'type' && params.type === 'null');
}

/** `/filter/owner` → `filter.owner`, `/ids/0` → `ids[0]`, `/0/name` → `[0].name` */
function fieldOf({ instancePath }: ErrorObject): string {
  return instancePath
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replace(/^\//, '')
    .replaceAll('/', '.');
}

function range({ minimum, maximum }: { [keyword: string]: unknown } = {}) {
  return maximum === undefined
    ? `must be ${minimum} or more`
    : `must be from ${minimum} to ${maximum}`;
}
