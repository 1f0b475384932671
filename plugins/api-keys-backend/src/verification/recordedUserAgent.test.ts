import { recordedUserAgent } from './recordedUserAgent';

it.each(['\u0000', '\u0085', '\u2028', '\ud800', '\u202e', '\u2066', '\u200f'])(
  'a user agent is recorded without %j',
  character => {
    expect(recordedUserAgent(`curl${character}/8`)).toBe('curl\ufffd/8');
  },
);

it('a user agent is otherwise recorded unchanged', () => {
  expect(recordedUserAgent('Größe/1.0 👩‍💻')).toBe('Größe/1.0 👩‍💻');
  expect(recordedUserAgent(undefined)).toBeUndefined();
});
