import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { toLeakReport } from './toLeakReport';

const SECRET = generateSecret('bsk');

const urlOf = (url: string) => toLeakReport('generic', { url }).url;

describe('the place of a leak', () => {
  it('is that of the scanner', () => {
    const told = { url: 'https://github.com/a/b#L7', source: 'commit' };
    expect(toLeakReport('github', told)).toEqual({
      scanner: 'github',
      ...told,
    });
  });

  it.each([
    [{}],
    [{ url: '', source: '' }],
    [{ url: null, source: null }],
    [{ source: ' \n' }],
  ])('is left out of %j', told => {
    expect(toLeakReport('generic', told)).toEqual({ scanner: 'generic' });
  });

  it.each([
    'vbscript:alert(1)',
    'blob:https://example.com/1',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com/',
    '//example.com',
    'src/index.ts',
    'https://',
  ])('is omitted if it is not a web address: %s', url => {
    expect(urlOf(url)).toBeUndefined();
  });

  it.each([
    ['https://me:password@example.com/a', 'https://example.com/a'],
    [`https://x:${SECRET}@example.com/`, 'https://example.com/'],
    [`https://example.com/${SECRET}/b`, 'https://example.com/…/b'],
    [
      `https://example.com/?api_key=${SECRET}&b=1`,
      'https://example.com/?api_key=…&b=1',
    ],
    [`https://example.com/#${SECRET}`, 'https://example.com/#…'],
    [
      `https://example.com/%62%73k%5F${SECRET.slice(4)}`,
      'https://example.com/…',
    ],
    [`https://example.com/${SECRET}x`, 'https://example.com/…'],
    [`https://example.com/${SECRET.toUpperCase()}`, 'https://example.com/…'],
    [
      `https://${SECRET.replace('_', '-')}.example.com/`,
      `https://${SECRET.replace('_', '-').toLowerCase()}.example.com/`,
    ],
  ])('has no secret: %s', (url, address) => {
    expect(urlOf(url)).toBe(address);
  });

  it('has no secret in its kind', () => {
    const { source } = toLeakReport('generic', { source: `log of ${SECRET}` });
    expect(source).toBe('log of …');
  });

  it('is one line', () => {
    const told = { url: 'https://a.com/\n\0 b\u202e', source: 'a\nb\0' };
    expect(toLeakReport('generic', told)).toEqual({
      scanner: 'generic',
      url: 'https://a.com/%00%20b%E2%80%AE',
      source: 'a b',
    });
  });

  it('is cut to a useful length', () => {
    const { url, source } = toLeakReport('generic', {
      url: `https://a.com/${'x'.repeat(3000)}`,
      source: 'x'.repeat(3000),
    });
    expect(url).toHaveLength(2000);
    expect(source).toHaveLength(100);
  });
});
