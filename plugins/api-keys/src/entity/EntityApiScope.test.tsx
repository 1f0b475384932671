import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy, fromNow, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { EntityApiScopeCard } from './EntityApiScopeCard';

const SCOPE = 'api:default/petstore';
const TITLE = 'Access with an API key';
const LIST = { name: 'API keys for this API' };

const PETSTORE: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name: 'PetStore', namespace: 'default' },
};

const takesApis = (catalogApis: boolean) =>
  aPolicy({ scopes: { configured: [], catalogApis } });

function anApi(...names: string[]) {
  const keys = names.map(name => aKey({ id: name, name, scopes: [SCOPE] }));
  return new FakeApiKeysApi(keys, takesApis(true));
}

/** That of a portal in which the user may not see whose keys carry the scope. */
async function apiOfOthers() {
  const api = anApi('secret plan');
  const error = await refusal(403, 'NotAllowedError', 'Not for you');
  api.fail('listScopeKeys', error);
  return api;
}

function show(api: FakeApiKeysApi, options: { entity?: Entity } = {}) {
  const { entity = PETSTORE } = options;
  renderWithApis(
    <EntityProvider entity={entity}>
      <EntityApiScopeCard />
    </EntityProvider>,
    { api },
  );
}

describe('on the page of an API', () => {
  it('all users see how to get a key and how to send it', async () => {
    show(await apiOfOthers());
    expect(await screen.findByText(TITLE)).toBeInTheDocument();
    expect(screen.getByText(SCOPE)).toBeInTheDocument();
    expect(screen.getByText('Authorization: Bearer bsk_…')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Create an API key' }),
    ).toHaveAttribute('href', '/api-keys?scope=api%3Adefault%2Fpetstore');
  });

  it('the scope can be copied', async () => {
    const user = userEvent.setup();
    show(await apiOfOthers());
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      await screen.findByRole('button', { name: 'Copy the scope' }),
    );
    expect(copied).toHaveBeenCalledWith(SCOPE);
    expect(screen.getByRole('status')).toHaveTextContent('Copied.');
    copied.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await user.click(screen.getByRole('button', { name: 'Copy the scope' }));
    expect(screen.getByRole('status')).toHaveTextContent('did not allow');
  });

  it('its owners see the keys, their owners and last uses', async () => {
    show(
      new FakeApiKeysApi(
        [
          aKey({
            id: 'one',
            name: 'Shop',
            owner: 'user:default/linus',
            scopes: [SCOPE],
            createdAt: fromNow({ days: -3 }),
            expiresAt: fromNow({ days: 10, hours: 1 }),
            lastUsedAt: fromNow({ hours: -2 }),
          }),
          aKey({
            id: 'two',
            name: 'Night job',
            owner: 'group:default/team-a',
            scopes: [SCOPE],
            status: 'inactive',
            expiresAt: null,
          }),
          aKey({ id: 'three', name: 'Elsewhere', scopes: ['api:a/b'] }),
        ],
        takesApis(true),
      ),
    );
    const list = await screen.findByRole('list', LIST);
    const [shop, job, ...others] = within(list).getAllByRole('listitem');
    expect(others).toEqual([]);
    expect(shop).toHaveTextContent('Shop');
    expect(shop).toHaveTextContent('Active');
    expect(within(shop).getByRole('link', { name: 'linus' })).toHaveAttribute(
      'href',
      '/catalog/default/user/linus',
    );
    expect(shop).toHaveTextContent('Created 3 days ago');
    expect(shop).toHaveTextContent('Expires in 10 days');
    expect(shop).toHaveTextContent('Last used 2 hours ago');
    expect(job).toHaveTextContent('Inactive');
    expect(job).toHaveTextContent('group:default/team-a');
    expect(job).toHaveTextContent('No expiry');
    expect(job).toHaveTextContent('Never used');
    expect(screen.getByText('2 keys')).toBeInTheDocument();
  });

  it('its owners load more of many keys', async () => {
    const user = userEvent.setup();
    const names = Array.from({ length: 60 }, (_, index) => `key ${index}`);
    show(anApi(...names));
    const list = await screen.findByRole('list', LIST);
    expect(within(list).getAllByRole('listitem')).toHaveLength(50);
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await within(list).findByText('key 59')).toBeInTheDocument();
    expect(within(list).getAllByRole('listitem')).toHaveLength(60);
  });

  it('its owners see an empty state', async () => {
    show(anApi());
    expect(
      await screen.findByText('No API key carries this scope yet.'),
    ).toBeInTheDocument();
  });

  it('others see no keys, after a single request', async () => {
    jest.useFakeTimers();
    try {
      const api = await apiOfOthers();
      show(api);
      expect(await screen.findByText(TITLE)).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(20_000));
      expect(screen.queryByText('API keys for this API')).toBeNull();
      expect(screen.queryByText('secret plan')).not.toBeInTheDocument();
      expect(api.callsOf('listScopeKeys')).toEqual([[SCOPE, { limit: 1 }]]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('shows that the keys are loading', async () => {
    const api = anApi('Shop');
    const first = await api.listScopeKeys(SCOPE, { limit: 1 });
    jest
      .spyOn(api, 'listScopeKeys')
      .mockResolvedValueOnce(first)
      .mockReturnValue(new Promise(() => {}));
    show(api);
    expect(
      await screen.findByRole('status', {
        name: 'Loading the API keys for this API',
      }),
    ).toBeInTheDocument();
  });

  it('shows a load error of the keys and retries', async () => {
    const user = userEvent.setup();
    const api = anApi('Shop');
    api.fail(
      'listScopeKeys',
      await refusal(503, 'ServiceUnavailableError', 'The catalog is away'),
    );
    show(api);
    expect(
      await screen.findByText('The API keys for this API could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.getByText(/The catalog is away/)).toBeInTheDocument();
    api.fail('listScopeKeys', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Shop')).toBeInTheDocument();
  });

  it('shows a load error of the policy and retries', async () => {
    const user = userEvent.setup();
    const api = anApi();
    api.fail('getPolicy', await refusal(503, 'Error', 'The database is away'));
    show(api);
    expect(
      await screen.findByText('What keys are for here could not be loaded'),
    ).toBeInTheDocument();
    api.fail('getPolicy', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(SCOPE)).toBeInTheDocument();
  });
});

describe('there is no card', () => {
  it('where APIs are no scopes', async () => {
    const api = new FakeApiKeysApi([], takesApis(false));
    show(api);
    await act(async () => {});
    expect(api.callsOf('getPolicy')).toHaveLength(1);
    expect(screen.queryByText(TITLE)).not.toBeInTheDocument();
    expect(api.callsOf('listScopeKeys')).toEqual([]);
  });

  it('for users without keys', async () => {
    const api = anApi();
    api.fail('getPolicy', await refusal(403, 'NotAllowedError', 'No'));
    show(api);
    await act(async () => {});
    expect(api.callsOf('getPolicy')).toHaveLength(1);
    expect(screen.queryByText(TITLE)).not.toBeInTheDocument();
  });

  it('on the pages of other entities', async () => {
    const api = anApi();
    show(api, { entity: { ...PETSTORE, kind: 'Component' } });
    await act(async () => {});
    expect(screen.queryByText(TITLE)).not.toBeInTheDocument();
    expect(api.calls).toEqual([]);
  });
});
