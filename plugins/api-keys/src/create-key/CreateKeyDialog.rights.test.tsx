import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ApiKey,
  ApiKeyAccessRestriction,
} from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPlugin, aPolicy, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { reading } from '../shared/restrictions/restrictions';
import { CreateKeyDialog } from './CreateKeyDialog';

const TEAM = 'group:default/team-a';

const rights = () => screen.getByRole('group', { name: 'What the key may do' });
const options = () =>
  within(rights())
    .getAllByRole('radio')
    .map(each => each.closest('label')?.textContent);
const chosen = () =>
  within(rights()).getByRole('radio', { checked: true }).closest('label');
const plugin = (name: string) =>
  within(rights()).getByRole('checkbox', { name });
const submit = () => screen.getByRole('button', { name: 'Create key' });

async function setUp(
  held: Parameters<typeof aPolicy>[0] = {},
  from?: ApiKey,
  ofTeam: Parameters<typeof aPolicy>[0] = {},
) {
  const owners = ['user:default/ada', TEAM];
  const api = new FakeApiKeysApi([], aPolicy({ ...held, owners }));
  api.policies = [aPolicy({ ...ofTeam, owner: TEAM, owners })];
  renderWithApis(
    <CreateKeyDialog from={from} onCreated={() => {}} onClose={() => {}} />,
    { api },
  );
  await screen.findByLabelText('Expiry');
  const user = userEvent.setup();
  if (!from) await user.keyboard('CI');
  return { api, user };
}

async function created(
  api: FakeApiKeysApi,
  user: ReturnType<typeof userEvent.setup>,
) {
  await user.click(submit());
  await screen.findByLabelText('Secret');
  return api.callsOf('createKey')[0][0];
}

describe('CreateKeyDialog, rights', () => {
  it('starts with everything and sends no restrictions', async () => {
    const { api, user } = await setUp();
    expect(chosen()).toHaveTextContent('Everything I can do');
    expect(rights()).toHaveTextContent('Everything you can do');
    expect(await created(api, user)).not.toHaveProperty('accessRestrictions');
  });

  it.each<[string, string, ApiKeyAccessRestriction[]]>([
    [
      'Read only',
      'Reads the catalog and the scaffolder; nothing else',
      [reading('catalog'), reading('scaffolder')],
    ],
    [
      'Catalog read only',
      'Reads the catalog; nothing else',
      [reading('catalog')],
    ],
  ])('creates a key of “%s”: %s', async (preset, sentence, expected) => {
    const { api, user } = await setUp();
    await user.click(screen.getByLabelText(preset));
    expect(within(rights()).getByText(sentence)).toBeVisible();
    expect(screen.getByText(/The key works until/)).toHaveTextContent(
      'acts as you, within what it may do',
    );
    expect(await created(api, user)).toMatchObject({
      accessRestrictions: expected,
    });
  });

  it('offers the MCP preset if the portal has an MCP server', async () => {
    await setUp();
    expect(options()).toEqual([
      'Everything I can do',
      'Read only',
      'Catalog read only',
      'Choose…',
    ]);
  });

  it('explains "everything" for a team', async () => {
    const { user } = await setUp();
    await user.selectOptions(screen.getByLabelText('Acts as'), TEAM);
    expect(
      await screen.findByLabelText('Everything team-a can do'),
    ).toBeChecked();
  });

  it('picks plugins, and single permissions of them', async () => {
    const { api, user } = await setUp();
    await user.click(screen.getByLabelText('Choose…'));
    expect(submit()).toBeDisabled();
    expect(within(rights()).getByRole('alert')).toHaveTextContent(
      'Pick at least one plugin.',
    );
    await user.click(plugin('search'));
    await user.click(plugin('scaffolder'));
    await user.selectOptions(
      screen.getByLabelText('How much of scaffolder'),
      'Everything',
    );
    await user.click(plugin('catalog'));
    await user.selectOptions(
      screen.getByLabelText('How much of catalog'),
      'These permissions',
    );
    const permissions = within(
      screen.getByRole('group', { name: 'Permissions of catalog' }),
    );
    expect(
      permissions.getByRole('checkbox', { name: 'catalog.entity.read (read)' }),
    ).toBeChecked();
    await user.click(permissions.getByLabelText(/catalog.entity.delete/));
    expect(rights()).toHaveTextContent(
      'Everything in search and the scaffolder; 2 permissions in the catalog; nothing else',
    );
    expect(await created(api, user)).toMatchObject({
      accessRestrictions: [
        { plugin: 'search' },
        { plugin: 'scaffolder' },
        {
          plugin: 'catalog',
          permission: ['catalog.entity.delete', 'catalog.entity.read'],
        },
      ],
    });
  });

  it('requires at least one permission', async () => {
    const { user } = await setUp();
    await user.click(screen.getByLabelText('Catalog read only'));
    await user.click(screen.getByLabelText('Choose…'));
    await user.selectOptions(
      screen.getByLabelText('How much of catalog'),
      'These permissions',
    );
    await user.click(screen.getByLabelText(/catalog.entity.read/));
    expect(within(rights()).getByRole('alert')).toHaveTextContent(
      'Pick at least one permission',
    );
    expect(submit()).toBeDisabled();
  });

  it('finds plugins and permissions with the keyboard alone', async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      aPlugin(`plugin-${i}`, {
        ...Object.fromEntries(
          Array.from({ length: 20 }, (__, j) => [`p${i}.${j}`, 'read']),
        ),
      }),
    );
    const { api, user } = await setUp({ plugins: many });
    await user.click(screen.getByLabelText('Choose…'));
    await user.type(
      screen.getByLabelText('Search plugins and permissions'),
      'p17.3{Enter}',
    );
    expect(within(rights()).getAllByRole('checkbox')).toHaveLength(1);
    await user.tab();
    await user.keyboard(' ');
    expect(plugin('plugin-17')).toBeChecked();
    expect(rights()).toHaveTextContent('1 of 40 plugins picked');
    expect(api.callsOf('createKey')).toEqual([]);
    await user.clear(screen.getByLabelText('Search plugins and permissions'));
    await user.keyboard('nothing like it');
    expect(rights()).toHaveTextContent('No plugin matches.');
  });
});

describe('CreateKeyDialog, under a policy of restrictions', () => {
  it('does not offer everything if restrictions are required, and says why', async () => {
    await setUp({
      restrictions: { required: true },
      sources: { 'restrictions.required': TEAM },
    });
    expect(options()).toEqual(['Read only', 'Catalog read only', 'Choose…']);
    expect(chosen()).toHaveTextContent('Catalog read only');
    expect(rights()).toHaveTextContent(
      'Policy of group:default/team-a: every key has to be restricted to some plugins.',
    );
  });

  it('rejects more plugins than the policy allows', async () => {
    const { user } = await setUp({ restrictions: { maxPlugins: 1 } });
    expect(options()).not.toContain('Read only');
    await user.click(screen.getByLabelText('Choose…'));
    await user.click(plugin('search'));
    expect(submit()).toBeEnabled();
    await user.click(plugin('catalog'));
    expect(within(rights()).getByRole('alert')).toHaveTextContent(
      'Pick 1 plugin at most.',
    );
    expect(submit()).toBeDisabled();
  });

  it('does not let a forbidden plugin be picked', async () => {
    const { user } = await setUp({ restrictions: { forbidden: ['search'] } });
    expect(rights()).toHaveTextContent(
      'Everything you can do, except in search',
    );
    await user.click(screen.getByLabelText('Choose…'));
    expect(plugin('search')).toBeDisabled();
    expect(plugin('search')).toHaveAccessibleDescription('Forbidden by policy');
  });

  it('resets choices that the policy of the next owner forbids', async () => {
    const { user } = await setUp({}, undefined, {
      restrictions: { forbidden: ['search'] },
    });
    await user.click(screen.getByLabelText('Choose…'));
    await user.click(plugin('search'));
    await user.selectOptions(screen.getByLabelText('Acts as'), TEAM);
    expect(
      await screen.findByText('Everything team-a can do, except in search'),
    ).toBeVisible();
  });
});

describe('CreateKeyDialog, for a copy of a restricted key', () => {
  it('copies the restrictions', async () => {
    const accessRestrictions = [
      { plugin: 'search' },
      { plugin: 'catalog', permission: ['catalog.entity.read'] },
    ];
    const from = aKey({
      accessRestrictions,
      allowedIps: ['10.0.0.0/8', '::1'],
    });
    const { api, user } = await setUp({}, from);
    expect(screen.getByLabelText(/^Networks/)).toHaveValue('10.0.0.0/8\n::1');
    expect(await created(api, user)).toMatchObject({
      accessRestrictions,
      allowedIps: ['10.0.0.0/8', '::1'],
    });
  });

  it('says if the policy no longer allows them', async () => {
    const from = aKey({
      accessRestrictions: [{ plugin: 'search' }, reading('catalog')],
    });
    const { user } = await setUp(
      { restrictions: { forbidden: ['search'] } },
      from,
    );
    expect(rights()).toHaveTextContent(/does not have all that the key/);
    expect(rights()).toHaveTextContent('Reads the catalog; nothing else');
    await user.click(screen.getByLabelText('Read only'));
    expect(rights()).not.toHaveTextContent(/does not have all that the key/);
  });
});

describe('CreateKeyDialog, networks', () => {
  const field = () => screen.getByLabelText(/^Networks/);

  it('sends one network a line', async () => {
    const { api, user } = await setUp();
    await user.type(field(), ' 10.0.0.0/8{Enter}{Enter}::1');
    expect(await created(api, user)).toMatchObject({
      allowedIps: ['10.0.0.0/8', '::1'],
    });
  });

  it('shows errors of networks at the field until they are edited', async () => {
    const { api, user } = await setUp();
    api.fail(
      'createKey',
      await refusal(
        400,
        'InputError',
        'allowedIps[1]: must be an address or a network',
      ),
    );
    await user.type(field(), '10.0.0.0/8{Enter}home');
    await user.click(submit());
    expect(
      await screen.findByText('“home”: must be an address or a network'),
    ).toBeVisible();
    expect(field()).toBeInvalid();
    expect(field()).toHaveAccessibleDescription(/“home”: must be an address/);
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    await user.type(field(), 'x');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows other errors below the form', async () => {
    const { api, user } = await setUp();
    const message = 'allowedIps[0]: is wrong; name: is taken';
    api.fail('createKey', await refusal(400, 'InputError', message));
    await user.type(field(), 'home');
    await user.click(submit());
    expect(await screen.findByText('“home”: is wrong')).toBeVisible();
    expect(screen.getByText(message)).toBeVisible();
  });
});
