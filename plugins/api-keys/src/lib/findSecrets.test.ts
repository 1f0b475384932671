import { findSecrets } from './findSecrets';

const RANDOM = '0123456789abcdefghijABCDEFGHIJ0123456789abcXYZ0Qz';
const SECRET = `bsk_${RANDOM}`;

describe('findSecrets', () => {
  it.each([
    ['alone', SECRET],
    ['in a header', `Authorization: Bearer ${SECRET}`],
    ['in JSON', `{"token":"${SECRET}","x":1}`],
    ['in a URL', `https://example.com/?token=${SECRET}&x=1`],
    ['after the end of a line in a log of JSON', `curl\\n${SECRET}\\n`],
    ['after a tab in a log of JSON', `curl\\t${SECRET}`],
  ])('finds a secret %s', (_where, text) => {
    expect(findSecrets(text)).toEqual([SECRET]);
  });

  it('finds all of them, each once, whatever their prefix', () => {
    const other = `acme2_${RANDOM}`;
    expect(findSecrets(`${SECRET}\n${other} ${SECRET}`)).toEqual([
      SECRET,
      other,
    ]);
  });

  it.each(['', 'nothing', SECRET.slice(0, -1), RANDOM, `b_${RANDOM}`])(
    'finds nothing in "%s"',
    text => {
      expect(findSecrets(text)).toEqual([]);
    },
  );
});
