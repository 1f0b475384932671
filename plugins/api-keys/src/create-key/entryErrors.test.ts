import { entryErrors, isAboutEntries, ListField } from './entryErrors';

describe('entryErrors', () => {
  const networks = ['10.0.0.0/8', 'home', '10.0.0.0/99'];

  it.each([
    [
      'allowedIps[1]: must be an address; scopes[0]: is not offered; allowedIps[2]: is too narrow',
      [
        { entry: 'home', problem: 'must be an address' },
        { entry: '10.0.0.0/99', problem: 'is too narrow' },
      ],
    ],
    ['name: is missing', []],
    ['allowedIps[7]: must be an address', []],
    ['allowedIps: must have at most 100 items', []],
  ])('reads “%s”', (message, problems) => {
    expect(entryErrors('allowedIps', message, networks)).toEqual(problems);
  });

  it('reads errors of another field', () => {
    const message =
      'Invalid request: allowedIps[0]: is wrong; scopes[1]: must be a scope';
    expect(entryErrors('scopes', message, ['a', 'b"'])).toEqual([
      { entry: 'b"', problem: 'must be a scope' },
    ]);
  });
});

it.each<[string, ListField[], boolean]>([
  ['allowedIps[1]: must be an address', ['allowedIps'], true],
  [
    'Invalid request: allowedIps[0]: is wrong; allowedIps[1]: too',
    ['allowedIps'],
    true,
  ],
  ['allowedIps[0]: is wrong; scopes[1]: too', ['allowedIps', 'scopes'], true],
  ['allowedIps[0]: is wrong; scopes[1]: too', ['allowedIps'], false],
  ['allowedIps[1]: is wrong; name: is missing', ['allowedIps'], false],
  ['allowedIps: must have at most 100 items', ['allowedIps'], false],
  ['', ['allowedIps'], false],
])('is “%s” about %p alone: %s', (message, fields, isIt) => {
  expect(isAboutEntries(message, fields)).toBe(isIt);
});
