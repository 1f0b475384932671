import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { Attention } from './Attention';

const used = { lastUsedAt: fromNow({ days: -1 }) };
const old = { createdAt: fromNow({ days: -120 }) };
const KEYS = [
  aKey({ id: 'rotated', name: 'Rotated', ...used }),
  aKey({ id: 'orphan', name: 'Orphan', owner: 'user:default/gone', ...used }),
  aKey({ id: 'endless', name: 'Endless', expiresAt: null, ...used }),
  aKey({
    id: 'idle',
    name: 'Idle',
    lastUsedAt: fromNow({ days: -91 }),
    ...old,
  }),
  aKey({ id: 'unused', name: 'Unused', createdAt: fromNow({ days: -8 }) }),
  aKey({ id: 'fresh', name: 'Fresh', createdAt: fromNow({ days: -6 }) }),
  aKey({ id: 'cut', name: 'Cut', ...used }),
  aKey({ id: 'dead', name: 'Dead', status: 'revoked', expiresAt: null }),
];

function setUp(keys = KEYS) {
  const api = new FakeApiKeysApi(keys);
  api.facts = {
    cutShort: ['cut'],
    ownerMissing: ['orphan'],
    rotatedOutSeen: ['rotated'],
  };
  const onChanged = jest.fn(async () => {});
  renderWithApis(<Attention onChanged={onChanged} />, { api });
  return { api, onChanged, user: userEvent.setup() };
}

const card = (name: string) => screen.findByRole('region', { name });

describe('Attention', () => {
  it.each([
    ['Replaced secret still presented', 'Rotated', /a thief/],
    ['Owner not in the catalog', 'Orphan', /are refused/],
    ['Without expiry', 'Endless', /until somebody revokes them/],
    ['Unused for 90 days', 'Idle', /Nobody would miss/],
    ['Never used', 'Unused', /more than 7 days ago/],
    ['Cut short by a policy', 'Cut', /end earlier/],
  ])('shows “%s”: the key and why it matters', async (title, name, why) => {
    setUp();
    const found = within(await card(title));
    expect(found.getByText('1 key')).toBeInTheDocument();
    expect(found.getByText(why)).toBeInTheDocument();
    const names = found
      .getAllByRole('row')
      .slice(1)
      .map(row => within(row).getAllByRole('cell')[0].textContent);
    expect(names).toEqual([`${name} …x7Kq`]);
  });

  it('links to the keys in the inventory', async () => {
    setUp();
    const found = within(await card('Never used'));
    expect(
      found.getByRole('button', { name: 'Show in inventory' }),
    ).toHaveAttribute(
      'href',
      '/api-keys-admin?status=active&status=retiring&concern=never-used&age=7d&orderBy=createdAt%3Aasc',
    );
  });

  it('links to the requests with a replaced secret', async () => {
    setUp();
    const found = within(await card('Replaced secret still presented'));
    expect(
      found.getByRole('button', { name: 'Show in audit trail' }),
    ).toHaveAttribute(
      'href',
      '/api-keys-admin/events?type=rotated-key-presented',
    );
  });

  it('revokes one key', async () => {
    const { api, onChanged, user } = setUp();
    const found = within(await card('Owner not in the catalog'));
    await user.click(
      await found.findByRole('button', { name: 'Revoke Orphan' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Revoke 1 key' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(
      await within(await card('Owner not in the catalog')).findByText('None'),
    ).toBeInTheDocument();
    expect(api.callsOf('revokeKeys')).toContainEqual([
      { ids: ['orphan'], reason: 'admin' },
    ]);
    expect(onChanged).toHaveBeenCalledTimes(1);
    await waitFor(async () =>
      expect(await card('Owner not in the catalog')).toHaveFocus(),
    );
  });

  it('transfers keys without an owner to a group, one or all', async () => {
    const { api, onChanged, user } = setUp();
    const found = within(await card('Owner not in the catalog'));
    await user.click(
      await found.findByRole('button', { name: 'Transfer Orphan' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await user.click(
      await found.findByRole('button', { name: 'Transfer 1 key…' }),
    );
    await user.type(await screen.findByLabelText('Group'), 'team-a{Enter}');
    await user.click(
      await screen.findByRole('button', { name: 'Transfer 1 key' }),
    );
    await screen.findByText('1 key is transferred');
    expect(api.keys.find(({ id }) => id === 'orphan')).toMatchObject({
      owner: 'group:default/team-a',
    });
    expect(onChanged).toHaveBeenCalledTimes(1);
  });

  it('offers no transfer for other rules', async () => {
    setUp();
    const found = within(await card('Without expiry'));
    await found.findByRole('button', { name: 'Revoke Endless' });
    expect(
      found.queryByRole('button', { name: /^Transfer/ }),
    ).not.toBeInTheDocument();
  });

  it('revokes all keys of a rule, and no others', async () => {
    const many = Array.from({ length: 7 }, (_, i) =>
      aKey({ id: `${i}`, name: `N${i}`, ...used, expiresAt: null }),
    );
    const { api, user } = setUp([...many, ...KEYS]);
    const found = within(await card('Without expiry'));
    expect(found.getAllByRole('row')).toHaveLength(6);
    await user.click(
      await found.findByRole('button', { name: 'Revoke all 8 keys…' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Revoke 8 keys' }),
    );
    await screen.findByText('8 keys are revoked');
    const left = api.keys.filter(({ status }) => status !== 'revoked');
    expect(left.map(({ id }) => id)).toEqual([
      'rotated',
      'orphan',
      'idle',
      'unused',
      'fresh',
      'cut',
    ]);
  });

  it.each([
    ['The same, let them work', true],
    ['Somebody else, revoke them', false],
  ])('confirms an owner: “%s”', async (button, same) => {
    const api = new FakeApiKeysApi([
      aKey({ id: 'back', name: 'Back', owner: 'user:default/priya', ...used }),
    ]);
    api.facts = { ...api.facts, ownerUnconfirmed: ['back'] };
    const onChanged = jest.fn(async () => {});
    renderWithApis(<Attention onChanged={onChanged} />, { api });
    const user = userEvent.setup();
    const found = within(await card('Owner to be confirmed'));
    expect(found.getByText(/until they or you say/)).toBeInTheDocument();
    await user.click(
      await found.findByRole('button', {
        name: 'Say who user:default/priya is',
      }),
    );
    await screen.findByRole('dialog', {
      name: 'Is user:default/priya the same as before?',
    });
    await user.click(screen.getByRole('button', { name: button }));
    await waitFor(() => expect(onChanged).toHaveBeenCalled());
    expect(api.callsOf('confirmOwnerAsAdmin')).toEqual([
      ['user:default/priya', { same }],
    ]);
  });

  it('sets the expiry of a key', async () => {
    const { user } = setUp();
    const found = within(await card('Without expiry'));
    await user.click(
      await found.findByRole('button', { name: 'Change expiry of Endless' }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'When should “Endless” expire?',
      }),
    ).toBeInTheDocument();
  });

  it('lists rules without keys', async () => {
    setUp([]);
    expect(await screen.findAllByText('None')).toHaveLength(7);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows a load error of a rule and retries', async () => {
    const api = new FakeApiKeysApi(KEYS);
    api.fail('listAllKeys', await refusal(503, 'Error', 'Away'));
    renderWithApis(<Attention onChanged={async () => {}} />, { api });
    expect(await screen.findAllByText('Away')).toHaveLength(7);
    api.fail('listAllKeys', undefined);
    await userEvent.click(screen.getAllByRole('button', { name: 'Retry' })[0]);
    expect(await card('Replaced secret still presented')).toBeInTheDocument();
  });
});
