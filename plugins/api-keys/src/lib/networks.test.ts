import { isAboutNetworks, networkProblems, networksIn } from './networks';

it('takes each line for a network', () => {
  expect(networksIn(' 10.0.0.0/8\n\n  ::1 \r\n')).toEqual([
    '10.0.0.0/8',
    '::1',
  ]);
  expect(networksIn(' \n')).toEqual([]);
});

describe('networkProblems', () => {
  const networks = ['10.0.0.0/8', 'home', '10.0.0.0/99'];

  it.each([
    [
      'allowedIps[1]: must be an address; allowedIps[2]: is too narrow',
      [
        { network: 'home', problem: 'must be an address' },
        { network: '10.0.0.0/99', problem: 'is too narrow' },
      ],
    ],
    ['name: is missing', []],
    ['allowedIps[7]: must be an address', []],
    ['allowedIps: must have at most 100 items', []],
  ])('reads “%s”', (message, problems) => {
    expect(networkProblems(message, networks)).toEqual(problems);
  });
});

it.each([
  ['allowedIps[1]: must be an address', true],
  ['Invalid request: allowedIps[0]: is wrong; allowedIps[1]: too', true],
  ['allowedIps[1]: is wrong; name: is missing', false],
  ['allowedIps: must have at most 100 items', false],
  ['', false],
])('is “%s” about networks alone: %s', (message, isIt) => {
  expect(isAboutNetworks(message)).toBe(isIt);
});
