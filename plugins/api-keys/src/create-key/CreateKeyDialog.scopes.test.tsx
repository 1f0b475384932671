import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, {
  PointerEventsCheckLevel,
} from '@testing-library/user-event';
import { ApiKey, ApiKeyScope } from 'backstage-plugin-api-keys-common';
import { COMPANY } from '../__testUtils__/company';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

const REPORTS: ApiKeyScope = {
  name: 'reports:read',
  title: 'Reports',
  description: 'Numbers of the quarter',
};
const DEPLOY: ApiKeyScope = { name: 'deploy', title: null, description: null };
const PETSTORE = 'api:default/petstore';

// Queries by title: queries by role take seconds in a dialog of this size.
const rights = () => screen.getByText('What the key may do').parentElement!;
const outside = () =>
  screen.getByText('Services outside of Backstage').parentElement!;
const box = (name: RegExp) => within(outside()).getByLabelText(name);
const apis = () => screen.getByLabelText('APIs of the catalog');
const submit = () => screen.getByText('Create key').closest('button')!;

async function setUp(
  options: {
    configured?: ApiKeyScope[];
    catalogApis?: boolean;
    from?: ApiKey;
    scopes?: string[];
  } = {},
) {
  const { configured = [REPORTS, DEPLOY], catalogApis = true } = options;
  const api = new FakeApiKeysApi(
    [],
    aPolicy({ scopes: { configured, catalogApis } }),
  );
  const catalog = catalogApiMock({ entities: COMPANY });
  renderWithApis(
    <CreateKeyDialog
      from={options.from}
      scopes={options.scopes}
      onCreated={() => {}}
      onClose={() => {}}
    />,
    { api, catalog },
  );
  await screen.findByLabelText('Expiry');
  const user = userEvent.setup({
    // The check for elements on top of the clicked one takes seconds here.
    pointerEventsCheck: PointerEventsCheckLevel.Never,
  });
  if (!options.from) await user.keyboard('CI');
  return { api, catalog, user };
}

async function created(
  api: FakeApiKeysApi,
  user: ReturnType<typeof userEvent.setup>,
) {
  await user.click(submit());
  await screen.findByLabelText('Secret');
  return api.callsOf('createKey')[0][0];
}

describe('CreateKeyDialog, services outside of Backstage', () => {
  it('are hidden in a portal without scopes', async () => {
    const { api, user } = await setUp({ configured: [], catalogApis: false });
    expect(screen.queryByText(/outside/i)).not.toBeInTheDocument();
    expect(
      screen.queryByLabelText('Nothing in Backstage'),
    ).not.toBeInTheDocument();
    expect(within(rights()).getByText('Everything you can do')).toBeVisible();
    expect(await created(api, user)).not.toHaveProperty('scopes');
  });

  it('are picked by title and summed up', async () => {
    const { api, user } = await setUp();
    expect(rights()).toHaveTextContent(
      'Everything you can do in Backstage; outside: services that ask for no scope',
    );
    expect(box(/^Reports reports:read$/)).toHaveAccessibleDescription(
      'Numbers of the quarter',
    );
    await user.click(box(/^Reports/));
    await user.click(box(/^deploy$/));
    expect(rights()).toHaveTextContent(
      'Everything you can do in Backstage; outside: Reports, deploy, and services that ask for no scope',
    );
    await user.click(screen.getByLabelText('Catalog read only'));
    expect(rights()).toHaveTextContent(
      'Reads the catalog; nothing else in Backstage; outside: Reports and deploy',
    );
    expect(await created(api, user)).toMatchObject({
      scopes: ['reports:read', 'deploy'],
    });
  });

  it('can be the only rights of a key, which then needs at least one', async () => {
    const { api, user } = await setUp();
    await user.click(screen.getByLabelText('Nothing in Backstage'));
    expect(within(outside()).getByRole('alert')).toHaveTextContent(
      'Pick at least one. Without, the key would be for nothing at all.',
    );
    expect(submit()).toBeDisabled();
    await user.click(box(/^deploy/));
    expect(
      within(rights()).getByText('Nothing in Backstage; outside: deploy'),
    ).toBeVisible();
    expect(screen.getByText(/The key works until/)).toHaveTextContent(
      'acts as you, within what it may do',
    );
    expect(await created(api, user)).toMatchObject({
      accessRestrictions: [],
      scopes: ['deploy'],
    });
    expect(
      screen.getByLabelText('curl', { selector: 'textarea' }),
    ).toHaveDisplayValue(/"https:\/\/<service>"$/);
    expect(
      screen.queryByRole('tab', { name: 'MCP client' }),
    ).not.toBeInTheDocument();
  });

  it('can be searched with the keyboard alone where there are many', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({
      ...DEPLOY,
      name: `deploy:${index}`,
    }));
    const { api, user } = await setUp({ configured: many });
    await user.type(screen.getByLabelText('Search scopes'), ':7{Enter}');
    expect(within(outside()).getAllByRole('checkbox')).toHaveLength(1);
    await user.tab();
    await user.keyboard(' ');
    expect(box(/^deploy:7$/)).toBeChecked();
    expect(api.callsOf('createKey')).toEqual([]);
    await user.clear(screen.getByLabelText('Search scopes'));
    await user.keyboard('nothing like it');
    expect(outside()).toHaveTextContent('No scope matches.');
  });

  it('have no search field if they are few', async () => {
    await setUp();
    expect(screen.queryByLabelText('Search scopes')).not.toBeInTheDocument();
  });

  it('are 50 at most', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `s${index}`);
    await setUp({
      configured: many.map(name => ({ ...DEPLOY, name })),
      scopes: many,
    });
    expect(within(outside()).getByRole('alert')).toHaveTextContent(
      'Pick 50 at most.',
    );
    expect(submit()).toBeDisabled();
  });
});

describe('CreateKeyDialog, APIs of the catalog', () => {
  it('are found by name and picked with the keyboard', async () => {
    const { api, user } = await setUp({ configured: [] });
    await user.click(apis());
    await user.paste('pet');
    await user.keyboard('{Enter}');
    const option = await screen.findByRole('option', { name: /^Pet store/ });
    expect(option).toHaveTextContent(PETSTORE);
    await user.keyboard('{ArrowDown}{Enter}');
    await user.paste('paym');
    await screen.findByRole('option', { name: /^payments/ });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(rights()).toHaveTextContent(/outside: Pet store, payments, and/);
    await user.keyboard('{Backspace}');
    expect(rights()).toHaveTextContent(/outside: Pet store and services/);
    expect(api.callsOf('createKey')).toEqual([]);
    expect(await created(api, user)).toMatchObject({ scopes: [PETSTORE] });
  });

  it('are hidden if they are not offered as scopes', async () => {
    await setUp({ catalogApis: false });
    expect(
      screen.queryByLabelText('APIs of the catalog'),
    ).not.toBeInTheDocument();
  });

  it('show a search, no results and errors', async () => {
    const { catalog, user } = await setUp();
    let answer = (_: { items: []; totalItems: 0; pageInfo: {} }) => {};
    const query = jest.spyOn(catalog, 'queryEntities').mockReturnValue(
      new Promise(resolve => {
        answer = resolve;
      }),
    );
    await user.click(apis());
    await user.paste('gone');
    expect(await screen.findByText('Searching the catalog')).toBeVisible();
    await waitFor(() => expect(query).toHaveBeenCalled());
    await act(async () => answer({ items: [], totalItems: 0, pageInfo: {} }));
    expect(
      await screen.findByText('No API of the catalog matches.'),
    ).toBeVisible();
    query.mockRejectedValue(await refusal(503, 'Error', 'Catalog is away'));
    await user.paste(' indeed');
    expect(await within(outside()).findByRole('alert')).toHaveTextContent(
      'The catalog could not be searched. Catalog is away',
    );
    expect(apis()).toHaveAccessibleDescription(/Catalog is away/);
  });
});

describe('CreateKeyDialog, requested scopes', () => {
  it('are selected by a link, without rights in Backstage', async () => {
    const { api, user } = await setUp({
      scopes: ['reports:read', 'API:Default/PetStore'],
    });
    expect(
      await screen.findByText(
        'Nothing in Backstage; outside: Reports and Pet store',
      ),
    ).toBeVisible();
    await user.click(box(/^Reports/));
    expect(await created(api, user)).toMatchObject({
      accessRestrictions: [],
      scopes: [PETSTORE],
    });
  });

  it('are left out with a note if they are not offered', async () => {
    const { api, user } = await setUp({
      scopes: ['deploy', 'Gone', 'api:default/gone', 'api:gone'],
    });
    expect(
      await screen.findByText(
        'Not on offer in this portal, and left out: Gone, api:default/gone, api:gone.',
      ),
    ).toBeVisible();
    expect(await created(api, user)).toMatchObject({ scopes: ['deploy'] });
  });

  it('do not change the rights if none is offered', async () => {
    await setUp({ scopes: ['Gone'] });
    expect(screen.getByLabelText('Everything I can do')).toBeChecked();
  });

  it('are left out with a note in a portal without scopes', async () => {
    const { api, user } = await setUp({
      configured: [],
      catalogApis: false,
      scopes: [PETSTORE],
    });
    expect(
      screen.getByText(
        `Not on offer in this portal, and left out: ${PETSTORE}.`,
      ),
    ).toBeVisible();
    expect(await created(api, user)).not.toHaveProperty('scopes');
  });

  it('are copied from a key as far as they are offered', async () => {
    const from = aKey({
      accessRestrictions: [],
      scopes: ['deploy', 'Gone', PETSTORE],
    });
    const { api, user } = await setUp({ from });
    expect(screen.getByLabelText('Nothing in Backstage')).toBeChecked();
    expect(outside()).toHaveTextContent(
      'Not on offer in this portal, and left out: Gone.',
    );
    expect(await created(api, user)).toMatchObject({
      accessRestrictions: [],
      scopes: ['deploy', PETSTORE],
    });
  });

  it('stay selected without the catalog, since the backend decides', async () => {
    const api = new FakeApiKeysApi(
      [],
      aPolicy({ scopes: { configured: [], catalogApis: true } }),
    );
    const catalog = catalogApiMock({ entities: COMPANY });
    jest.spyOn(catalog, 'getEntitiesByRefs').mockRejectedValue(new Error('x'));
    renderWithApis(
      <CreateKeyDialog
        scopes={[PETSTORE]}
        onCreated={() => {}}
        onClose={() => {}}
      />,
      { api, catalog },
    );
    expect(
      await screen.findByText(`Nothing in Backstage; outside: ${PETSTORE}`),
    ).toBeVisible();
  });
});

describe('CreateKeyDialog, refused scopes', () => {
  it('are listed at the field until they are removed', async () => {
    const { api, user } = await setUp();
    await user.click(box(/^Reports/));
    await user.click(box(/^deploy/));
    api.fail(
      'createKey',
      await refusal(
        400,
        'InputError',
        'scopes[1]: must be a scope that this portal offers',
      ),
    );
    await user.click(submit());
    expect(await within(outside()).findByRole('alert')).toHaveTextContent(
      '“deploy”: must be a scope that this portal offers',
    );
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    await user.click(box(/^deploy/));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
