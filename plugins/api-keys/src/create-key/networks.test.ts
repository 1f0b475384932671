import { networksIn } from './networks';

it('takes each line for a network', () => {
  expect(networksIn(' 10.0.0.0/8\n\n  ::1 \r\n')).toEqual([
    '10.0.0.0/8',
    '::1',
  ]);
  expect(networksIn(' \n')).toEqual([]);
});
