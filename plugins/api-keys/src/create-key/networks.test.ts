import { parseNetworks } from './networks';

it('parses one network a line', () => {
  expect(parseNetworks(' 10.0.0.0/8\n\n  ::1 \r\n')).toEqual([
    '10.0.0.0/8',
    '::1',
  ]);
  expect(parseNetworks(' \n')).toEqual([]);
});
