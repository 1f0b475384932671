import { act, screen, waitFor } from '@testing-library/react';
import { ApiKeysApi } from 'backstage-plugin-api-keys-common';
import apiKeysPlugin from '.';
import { FAILURES, hang, OUTAGES } from './__testUtils__/FakeBackend';
import { openPortal } from './__testUtils__/openPortal';

/** The purpose of each call, as the error message names it; `undefined` if the page leaves out what it cannot load. */
type Calls = Partial<Record<keyof ApiKeysApi, string | undefined>>;

const ALL = 'Everybody’s API keys could not be loaded';
const OWN = 'Your API keys could not be loaded';
const PLACE = 'The API keys could not be loaded';

/** The attention dot in the sidebar, which every page shows. */
const SIDEBAR: Calls = { listKeys: undefined };
const OWN_LIST: Calls = {
  listKeys: OWN,
  listUsage: undefined,
  listUnconfirmedOwners: undefined,
};
const ADMIN: Calls = { ...SIDEBAR, getSummary: ALL };

/** Every page and part of the plugin, with every call that it makes without user input. */
const PAGES: Record<string, Calls> = {
  '/api-keys': OWN_LIST,
  // Over the list of keys.
  '/api-keys?from=k1': {
    getKey: 'The key that you want to copy could not be loaded',
    getPolicy: 'The limits for new keys could not be loaded',
  },
  '/api-keys/k1': {
    listKeys: 'The keys before and after this one could not be loaded',
    getKey: 'The API key could not be loaded',
    getPolicy: 'The plugins of this portal could not be loaded',
    getKeyUsage: 'What the key was used for could not be loaded',
    listKeyEvents: 'What happened to this key could not be loaded',
  },
  '/api-keys-admin': { ...ADMIN, listAllKeys: ALL, getPolicy: undefined },
  '/api-keys-admin/attention': {
    ...ADMIN,
    listAllKeys: 'Replaced secret still presented',
  },
  '/api-keys-admin/warnings': {
    ...ADMIN,
    listUpcomingWarnings: 'Which warnings are to be sent could not be loaded',
  },
  '/api-keys-admin/events': {
    ...ADMIN,
    listAllEvents: 'What happened to API keys could not be loaded',
  },
  '/api-keys-admin/leaks': ADMIN,
  '/api-keys-admin/policies': {
    ...ADMIN,
    listOwnerPolicies: 'The policies could not be loaded',
  },
  '/settings': OWN_LIST,
  '/card': { listKeys: PLACE },
  '/tab': { listKeys: PLACE },
  '/api': {
    ...SIDEBAR,
    getPolicy: 'What keys are for here could not be loaded',
    listScopeKeys: 'The API keys for this API could not be loaded',
  },
  '/home': { listKeys: PLACE },
};

const CALLS = Object.entries(PAGES).flatMap(([path, calls]) =>
  Object.entries(calls).map(([name, words]) => {
    const method = name as keyof ApiKeysApi;
    return { path, method, words };
  }),
);

/** Expects that no error replaced the page. Includes hidden elements, since an open dialog hides the page from screen readers. */
function expectPortalToStand() {
  const hidden = true;
  const [entry] = screen.getAllByRole('link', { name: 'My API Keys', hidden });
  expect(entry).toHaveAttribute('href', '/api-keys');
  expect(document.querySelector('h1')).toHaveTextContent(
    /^(API keys admin|My API Keys|Page of another plugin)$/,
  );
  expect(document.body).not.toHaveTextContent(/Error in/);
}

/** Waits until pending answers arrive. */
const settle = () => act(() => new Promise(resolve => setTimeout(resolve, 50)));

describe('a page that works', () => {
  it.each(Object.entries(PAGES))(
    '%s makes the tested calls',
    async (path, calls) => {
      const backend = openPortal(path);
      const expected = [
        ...Object.keys(calls),
        ...(path.includes('?') ? Object.keys(OWN_LIST) : []),
      ].sort();
      await waitFor(() => expect([...backend.called].sort()).toEqual(expected));
      await settle();
      expect([...backend.called].sort()).toEqual(expected);
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    },
  );
});

describe.each(FAILURES)('a call that %s', (_, answer) => {
  it.each(CALLS.filter(({ words }) => words))(
    'is shown on $path, where it is $method',
    async ({ path, method, words }) => {
      openPortal(path, answer, method);
      const [said] = await screen.findAllByText(new RegExp(`^${words}`));
      expect(said).toBeInTheDocument();
      expectPortalToStand();
    },
  );

  it.each(CALLS.filter(({ words }) => !words))(
    'is left out on $path, where it is $method',
    async ({ path, method }) => {
      const backend = openPortal(path, answer, method);
      await waitFor(() => expect(backend.called).toContain(method));
      await settle();
      expect(screen.queryByText(/could not be loaded/)).not.toBeInTheDocument();
      expectPortalToStand();
    },
  );
});

it.each(CALLS)(
  '$path stands when $method never answers',
  async ({ path, method }) => {
    const backend = openPortal(path, hang, method);
    await waitFor(() => expect(backend.called).toContain(method));
    await settle();
    expect(screen.queryByText(/could not be loaded/)).not.toBeInTheDocument();
    expectPortalToStand();
  },
);

describe.each(OUTAGES)('a backend that %s', (_, answer) => {
  it.each(Object.keys(PAGES))(
    'leaves a message and a retry button on %s',
    async path => {
      openPortal(path, answer);
      await screen.findAllByText(/could not be loaded/);
      expect(screen.getAllByRole('button', { name: 'Retry' })[0]).toBeEnabled();
      expectPortalToStand();
    },
  );
});

it('all parts of the plugin are tested here', () => {
  const { extensions } = apiKeysPlugin as unknown as {
    extensions: { id: string }[];
  };
  expect(extensions.map(({ id }) => id).sort()).toEqual([
    'api:api-keys',
    'entity-card:api-keys',
    'entity-card:api-keys/api-scope',
    'entity-content:api-keys',
    'home-page-widget:api-keys',
    'page:api-keys',
    'page:api-keys/admin',
    'sub-page:api-keys/settings',
  ]);
});

it('all tabs of the admin page are tested here', async () => {
  openPortal('/api-keys-admin');
  const tabs = await screen.findAllByRole('tab');
  const tested = Object.keys(PAGES).filter(path => path.includes('-admin'));
  expect(tabs.map(tab => tab.getAttribute('href')).sort()).toEqual(
    tested.sort(),
  );
});
