import { compileSchema } from './compileSchema';
import { formatValidationErrors } from './formatValidationErrors';
import { operationOf, Schema } from './document';

const bodyOf = (id: 'createKey' | 'revokeKeys') =>
  operationOf(id).requestBody!.content['application/json'].schema;

function describeInput(schema: Schema, input: unknown): string {
  const validate = compileSchema(schema);
  expect(validate(input)).toBe(false);
  return formatValidationErrors(validate.errors ?? []);
}

it.each<[unknown, string]>([
  [[], 'the request: must be an object'],
  [{}, 'name: is missing'],
  [{ name: 7 }, 'name: must be a string'],
  [
    { name: ' ' },
    'name: must not be blank or contain control characters, also those that change the direction of text',
  ],
  [{ name: 'x'.repeat(101) }, 'name: must have at most 100 characters'],
  [
    { name: 'ci', expiresAt: 7 },
    // The errors about null would only confuse.
    'expiresAt: must be a string',
  ],
  [
    { name: 'ci', expiresAt: 'never' },
    'expiresAt: must be an ISO 8601 time with a time zone, such as 2030-01-31T12:00:00Z',
  ],
  [
    { name: null, a: 1, b: 2 },
    'name: must be a string; the request has unknown fields: "a", "b"',
  ],
])('describes the errors in %j in words', (input, message) => {
  expect(describeInput(bodyOf('createKey'), input)).toBe(message);
});

it('names entries of lists', () => {
  const accessRestrictions = [
    { plugin: 'catalog' },
    { plugin: 'search', permission: ['a', 7], nonsense: 1 },
  ];
  const input = { name: 'ci', accessRestrictions, allowedIps: [] };
  expect(describeInput(bodyOf('createKey'), input).split('; ')).toEqual([
    'accessRestrictions[1].permission[1]: must be a string',
    'allowedIps: must not be empty',
    'accessRestrictions[1] has unknown fields: "nonsense"',
  ]);
});

it('names fields of fields', () => {
  const input = { reason: 'why', filter: { owner: 'ada', x: 1 }, dryRun: 1 };
  expect(describeInput(bodyOf('revokeKeys'), input).split('; ')).toEqual([
    'filter.owner: must be a full entity ref, such as user:default/ada',
    'reason: must be one of admin, leaked, offboarded, policy',
    'dryRun: must be true or false',
    'filter has unknown fields: "x"',
  ]);
});

it.each<[number, string]>([
  [0, 'must be from 1 to 200'],
  [201, 'must be from 1 to 200'],
  [1.5, 'must be a whole number'],
])('states the range that %d is outside of', (input, message) => {
  const [limit] = operationOf('listKeyEvents').parameters.filter(
    ({ name }) => name === 'limit',
  );
  expect(describeInput(limit.schema, input)).toBe(`the request: ${message}`);
});

it('does not repeat a secret that was sent as the name of a field', () => {
  const secret = `bsk_${'x'.repeat(49)}`;
  const message = describeInput(bodyOf('createKey'), {
    name: 'ci',
    [secret]: '',
  });
  expect(message).toContain('"bsk_xxxxxx…"');
  expect(message).not.toContain(secret);
});

it('stays short, however much is wrong', () => {
  const ids = Array(1000).fill('x');
  const names = Array.from({ length: 1000 }, (_, i) => [`field${i}`, i]);
  const input = { reason: 'admin', ids, ...Object.fromEntries(names) };
  expect(describeInput(bodyOf('revokeKeys'), input).length).toBeLessThan(1000);
});
