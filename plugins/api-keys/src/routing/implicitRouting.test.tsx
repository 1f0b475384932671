import { screen } from '@testing-library/react';
import { openPortal } from '../__testUtils__/openPortal';

/** Element that each page shows once it has loaded. */
const PAGES: [path: string, role: string, name: RegExp][] = [
  ['/api-keys', 'link', /Nightly/],
  ['/api-keys/k1', 'heading', /Nightly/],
  ['/api-keys-admin', 'row', /Nightly/],
  ['/api-keys-admin/attention', 'region', /Replaced secret/],
  ['/api-keys-admin/warnings', 'link', /Nightly/],
  ['/api-keys-admin/events', 'link', /ada/i],
  ['/api-keys-admin/leaks', 'button', /Find the keys/],
  ['/api-keys-admin/policies', 'link', /ada/i],
  ['/card', 'link', /Nightly/],
  ['/tab', 'link', /Nightly/],
  ['/api', 'button', /Create an API key/],
  ['/home', 'link', /Nightly/],
  ['/settings', 'link', /Nightly/],
];

describe('Routing of an app that owns its history', () => {
  it.each(PAGES)(
    'is what %s uses, and not React Router',
    async (path, role, name) => {
      // Backstage warns only in development.
      jest.replaceProperty(process, 'env', {
        ...process.env,
        NODE_ENV: 'development',
      });
      const warn = jest.spyOn(console, 'warn').mockReturnValue();
      openPortal(path);
      expect(
        (await screen.findAllByRole(role, { name }, { timeout: 10_000 }))[0],
      ).toBeInTheDocument();
      expect(warn.mock.calls.flat().join()).not.toMatch(/React Router/);
    },
    20_000,
  );
});
