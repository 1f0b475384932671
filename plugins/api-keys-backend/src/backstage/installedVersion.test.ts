import { createMockDirectory } from '@backstage/backend-test-utils';
import { findBackendDefaultsVersion } from './installedVersion';

describe('the version of Backstage that a backend runs with', () => {
  const host = createMockDirectory();
  const manifest = (text: string) => ({
    'node_modules/@backstage/backend-defaults/package.json': text,
    'packages/backend/dist/index.cjs.js': '',
  });
  const startFrom = (path: string) =>
    jest.replaceProperty(process, 'argv', ['node', path]);
  /** Version that this package is developed with. */
  const own = jest.requireActual<{ version: string }>(
    '@backstage/backend-defaults/package.json',
  ).version;

  afterEach(() => jest.restoreAllMocks());

  it.each(['packages/backend', 'packages/backend/dist/index.cjs.js'])(
    'is the one that its entry point resolves: %s',
    entryPoint => {
      host.setContent(manifest('{ "version": "0.3.1" }'));
      startFrom(host.resolve(entryPoint));
      expect(findBackendDefaultsVersion()).toBe('0.3.1');
    },
  );

  it('is the one next to the other packages of Backstage if the entry point resolves none', () => {
    host.setContent({ 'tool/cli.js': '' });
    startFrom(host.resolve('tool/cli.js'));
    expect(findBackendDefaultsVersion()).toBe(own);
  });

  it.each(['no JSON', '{}', 'null', '{ "version": 7 }'])(
    'never stops a start by itself: %s',
    text => {
      host.setContent(manifest(text));
      startFrom(host.resolve('packages/backend'));
      expect(findBackendDefaultsVersion()).toBe(own);
    },
  );

  it('is also found without an entry point', () => {
    jest.replaceProperty(process, 'argv', ['node']);
    expect(findBackendDefaultsVersion()).toBe(own);
  });
});
