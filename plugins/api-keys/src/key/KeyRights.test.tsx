import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey, ApiKeyCheck } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { reading } from '../shared/restrictions/restrictions';
import { KeyRights } from './KeyRights';

function open(key: Partial<ApiKey> = {}, api = new FakeApiKeysApi()) {
  const apiKey = aKey(key);
  api.keys = [apiKey];
  renderWithApis(<KeyRights apiKey={apiKey} />, { api });
  return { api, user: userEvent.setup() };
}

const section = () =>
  screen.findByRole('region', { name: 'What can this key do?' });
const rows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent);

describe('What a key can do', () => {
  it('is everything if it is not restricted', async () => {
    open();
    expect(await section()).toHaveTextContent('Everything you can do');
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('is what the team can do', async () => {
    open({ owner: 'group:default/team-a' });
    expect(await section()).toHaveTextContent('Everything team-a can do');
  });

  it('is listed plugin by plugin', async () => {
    const api = new FakeApiKeysApi(
      [],
      aPolicy({ restrictions: { forbidden: ['techdocs'] } }),
    );
    open(
      {
        accessRestrictions: [
          { plugin: 'search' },
          reading('catalog'),
          { plugin: 'scaffolder', permission: ['a', 'b'] },
          { ...reading('kubernetes'), permission: ['c'] },
          { plugin: 'notes', permissionAttribute: { action: ['delete'] } },
          { plugin: 'techdocs' },
        ],
      },
      api,
    );
    await screen.findByText('Nothing: the policy forbids keys here');
    expect(await rows()).toEqual([
      'searchEverything',
      'catalogReads only',
      'scaffolderOnly these permissionsab',
      'kubernetesOnly these permissions, and only to readc',
      'notesOnly to delete',
      'techdocsNothing: the policy forbids keys here',
    ]);
  });

  it('lists plugins that the policy forbids to an unrestricted key', async () => {
    const restrictions = { forbidden: ['scaffolder'] };
    open({}, new FakeApiKeysApi([], aPolicy({ restrictions })));
    expect(
      await screen.findByText(
        'Everything you can do, except in the scaffolder',
      ),
    ).toBeVisible();
    expect(await rows()).toEqual([
      'scaffolderNothing: the policy forbids keys here',
    ]);
  });

  it('is shown without the plugins, whose loading can be retried', async () => {
    const api = new FakeApiKeysApi();
    api.fail('getPolicy', await refusal(503, 'Error', 'The database is away'));
    const { user } = open({ accessRestrictions: [reading('catalog')] }, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    expect(await rows()).toEqual(['catalogReads only']);
    api.fail('getPolicy', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByLabelText('Permission')).toBeVisible();
  });

  it('says that the plugins are loading', async () => {
    const api = new FakeApiKeysApi();
    const release = api.hold('getPolicy');
    open({}, api);
    expect(
      await screen.findByLabelText('Loading the plugins of this portal'),
    ).toBeInTheDocument();
    release();
    expect(await screen.findByLabelText('Plugin')).toBeVisible();
  });
});

describe('What a key is for outside of Backstage', () => {
  const scopes = ['reports:read', 'api:default/petstore', 'gone'];
  const offered = () =>
    new FakeApiKeysApi(
      [],
      aPolicy({
        scopes: {
          configured: [
            { name: 'reports:read', title: 'Reports', description: null },
          ],
          catalogApis: true,
        },
      }),
    );

  it('is summed up and listed, with links to the catalog', async () => {
    open({ scopes, accessRestrictions: [reading('catalog')] }, offered());
    expect(
      await screen.findByText(
        'Reads the catalog; nothing else in Backstage; outside: Reports, Pet store, and gone',
      ),
    ).toBeVisible();
    const list = screen.getByRole('list', {
      name: 'Services outside of Backstage',
    });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent?.trim()),
    ).toEqual([
      'Reports reports:read',
      'Pet store api:default/petstore',
      'gone',
    ]);
    expect(within(list).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/api/petstore',
    );
  });

  it('is the only right of a key without rights in Backstage', async () => {
    open({ scopes: ['gone'], accessRestrictions: [] });
    expect(
      await screen.findByText('Nothing in Backstage; outside: gone'),
    ).toBeVisible();
    expect(await section()).not.toHaveTextContent('permission policy decides');
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('is hidden for an unrestricted key without scopes', async () => {
    open({}, offered());
    expect(
      await screen.findByText(
        'Everything you can do in Backstage; outside: services that ask for no scope',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});

describe('The check of a key', () => {
  const check = async (user: ReturnType<typeof userEvent.setup>) =>
    user.click(await screen.findByRole('button', { name: 'Check' }));

  it('checks a plugin and a permission of it', async () => {
    const { api, user } = open();
    await user.selectOptions(
      await screen.findByLabelText('Plugin'),
      'scaffolder',
    );
    await check(user);
    await screen.findByText('Allowed');
    await user.selectOptions(
      screen.getByLabelText('Permission'),
      'scaffolder.task.read',
    );
    expect(screen.queryByText('Allowed')).not.toBeInTheDocument();
    await check(user);
    await screen.findByText('Allowed');
    expect(api.callsOf('checkKey')).toEqual([
      ['k1', { plugin: 'scaffolder' }],
      ['k1', { plugin: 'scaffolder', permission: 'scaffolder.task.read' }],
    ]);
  });

  it.each<[ApiKeyCheck['decision'], ApiKeyCheck['rule'], string, RegExp]>([
    ['allow', 'policy', 'Allowed', /has the last word/],
    ['deny', 'status', 'Not allowed', /Because of its status/],
    ['deny', 'restriction', 'Not allowed', /Because of its restrictions/],
    ['deny', 'policy', 'Not allowed', /Because of the permission policy/],
    ['conditional', 'policy', 'It depends', /case by case/],
  ])('says that it is %s by the %s', async (decision, rule, title, words) => {
    const { api, user } = open();
    jest.spyOn(api, 'checkKey').mockResolvedValue({
      allowed: decision === 'allow',
      decision,
      rule,
      message: 'The API key is the one that was asked for',
    });
    await check(user);
    const status = await screen.findByRole('status');
    expect(await within(status).findByText(title)).toBeVisible();
    expect(status).toHaveTextContent(words);
    expect(status).toHaveTextContent(
      'The API key is the one that was asked for.',
    );
  });

  it('shows an error', async () => {
    const api = new FakeApiKeysApi();
    api.fail('checkKey', await refusal(503, 'Error', 'The database is away'));
    const { user } = open({}, api);
    await check(user);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
  });
});
