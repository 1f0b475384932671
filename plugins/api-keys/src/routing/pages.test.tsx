import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { analyticsApiRef } from '@backstage/core-plugin-api';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { COMPANY } from '../__testUtils__/company';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey } from '../__testUtils__/keys';
import apiKeysPlugin, { apiKeysApiRef } from '..';

/** Opens an app on the new frontend system, with the sidebar that Backstage has by default. */
function open(
  path: string,
  options: { extensions?: string[] | object[]; captureEvent?: jest.Mock } = {},
) {
  const { extensions = [], captureEvent = jest.fn() } = options;
  renderTestApp({
    features: [apiKeysPlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    config: {
      app: {
        title: 'Portal',
        baseUrl: 'http://localhost:3000',
        extensions: extensions as never,
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
    apis: [
      [apiKeysApiRef, new FakeApiKeysApi([aKey()])],
      [catalogApiRef, catalogApiMock({ entities: COMPANY })],
      [analyticsApiRef, { captureEvent }],
      mockApis.identity({ token: 'token' }),
    ],
  });
  return userEvent.setup();
}

const ownKeys = () => screen.findByRole('region', { name: 'Your API keys' });
const everybodysKeys = () =>
  screen.findByRole('region', { name: 'Everybody’s API keys' });
const keyLink = () => screen.findByRole('link', { name: /CI deploy/ });
const expectTitle = (title: string) =>
  waitFor(() => expect(document.title).toBe(title));
const markedEntries = () =>
  screen
    .getAllByRole('link')
    .filter(link => link.getAttribute('aria-current') === 'page')
    .map(link => link.getAttribute('aria-label'));

beforeEach(() => {
  document.title = '';
});

describe('The pages of the plugin', () => {
  it('link from the list to a key and back', async () => {
    const user = open('/api-keys');
    await user.click(await keyLink());
    expect(
      await screen.findByRole('heading', { level: 2, name: /CI deploy/ }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'All your API keys' }));
    expect(await ownKeys()).toBeInTheDocument();
  });

  it('leave a link that is to open in another tab to the browser', async () => {
    open('/api-keys');
    const link = await keyLink();
    expect(link).toHaveAttribute('href', '/api-keys/k1');
    const left: boolean[] = [];
    const onClick = (event: Event) => {
      left.push(!event.defaultPrevented);
      // There is no other page here.
      event.preventDefault();
    };
    document.addEventListener('click', onClick);
    for (const key of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey']) {
      fireEvent.click(link, { [key]: true });
    }
    document.removeEventListener('click', onClick);
    expect(left).toEqual([true, true, true, true]);
    expect(await ownKeys()).toBeInTheDocument();
  });

  it('report clicks on links as Backstage does', async () => {
    const captureEvent = jest.fn();
    const user = open('/api-keys', { captureEvent });
    await user.click(await keyLink());
    expect(captureEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        action: 'click',
        subject: expect.stringContaining('CI deploy'),
        attributes: { to: '/api-keys/k1' },
      }),
    );
  });

  it('have a title for each document', async () => {
    const user = open('/api-keys');
    await ownKeys();
    await expectTitle('My API Keys | Portal');
    await user.click(await keyLink());
    await expectTitle('CI deploy | My API Keys | Portal');
    await user.click(
      screen.getAllByRole('link', { name: 'API keys admin' })[0],
    );
    await expectTitle('Inventory | API keys admin | Portal');
    await user.click(screen.getByRole('tab', { name: 'Audit trail' }));
    await waitFor(() =>
      expect(document.title).toBe('Audit trail | API keys admin | Portal'),
    );
  });

  it('have the configured title', async () => {
    open('/api-keys', {
      extensions: [{ 'page:api-keys': { config: { title: 'Tokens' } } }],
    });
    await ownKeys();
    await expectTitle('Tokens | Portal');
    expect(
      screen.getByRole('heading', { level: 1, name: 'Tokens' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/api-keys', 'My API Keys'],
    ['/api-keys/k1', 'My API Keys'],
    ['/api-keys-admin', 'API keys admin'],
    ['/api-keys-admin/events', 'API keys admin'],
  ])('at %s mark one entry of the sidebar: %s', async (path, entry) => {
    open(path);
    await screen.findByRole('heading', { level: 1, name: entry });
    await waitFor(() => expect(markedEntries()).toEqual([entry]));
  });

  it('link to each other wherever the app mounts them', async () => {
    const user = open('/tokens', {
      extensions: [
        { 'page:api-keys': { config: { path: '/tokens' } } },
        { 'page:api-keys/admin': { config: { path: '/all/tokens' } } },
      ],
    });
    expect(await keyLink()).toHaveAttribute('href', '/tokens/k1');
    await user.click(await keyLink());
    await expectTitle('CI deploy | My API Keys | Portal');
    await user.click(
      screen.getAllByRole('link', { name: 'API keys admin' })[0],
    );
    expect(await everybodysKeys()).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Policies' })).toHaveAttribute(
      'href',
      '/all/tokens/policies',
    );
  });

  it.each([
    ['/api-keys/admin/policies?owner=x', []],
    [
      '/tokens/admin/policies?owner=x',
      [{ 'page:api-keys': { config: { path: '/tokens' } } }],
    ],
  ])('%s redirects to the admin page', async (path, extensions) => {
    open(path, { extensions });
    expect(
      await screen.findByRole('tab', { name: 'Policies' }),
    ).toHaveAttribute('aria-selected', 'true');
  });

  it('never treat `admin` as a key id, even in an app without the admin page', async () => {
    open('/api-keys/admin', { extensions: [{ 'page:api-keys/admin': false }] });
    expect(await ownKeys()).toBeInTheDocument();
  });

  it.each(['/api-keys/', '/API-keys', '/api-keys/k1/below'])(
    '%s is the list',
    async path => {
      open(path);
      expect(await ownKeys()).toBeInTheDocument();
    },
  );
});
