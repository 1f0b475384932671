import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aKey, fromNow } from '../../../__testUtils__/keys';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import { DEFAULT_COLUMNS, INVENTORY_COLUMNS } from './columns';
import { InventoryTable } from './InventoryTable';

const CI = aKey();
const CD = aKey({ id: 'k2', name: 'CD', owner: 'group:default/team-a' });
const OLD = aKey({ id: 'k3', name: 'Old', status: 'revoked' });

async function setUp(
  keys = [CI, CD, OLD],
  selected = [CI],
  columns = DEFAULT_COLUMNS,
) {
  const onSelect = jest.fn();
  const actions = {
    onSetExpiry: jest.fn(),
    onTransfer: jest.fn(),
    onRevoke: jest.fn(),
  };
  renderWithApis(
    <InventoryTable
      keys={keys}
      columns={columns}
      actions={actions}
      updating={false}
      selected={selected}
      onSelect={onSelect}
    />,
  );
  await screen.findByRole('table', { name: 'Everybody’s API keys' });
  return { onSelect, actions, user: userEvent.setup() };
}

const cellsOf = (name: string) =>
  within(screen.getByRole('row', { name: new RegExp(name) }))
    .getAllByRole('cell')
    .map(cell => cell.textContent);
const menuItems = () =>
  screen.getAllByRole('menuitem').map(item => item.textContent);
const all = () => screen.getByLabelText('Select all keys in the list');

describe('InventoryTable', () => {
  it('shows the owner and the address of the last use', async () => {
    const used = { lastUsedAt: fromNow({ hours: -2 }), lastUsedIp: '10.0.0.7' };
    await setUp([aKey(used)], []);
    expect(cellsOf('CI deploy')).toEqual([
      '',
      'CI deploy …x7Kq',
      'Owneradauser:default/ada',
      'StatusActive',
      'Expiresin 87 days',
      'Last used2 hours agoFrom 10.0.0.7',
      'Created3 days ago',
      '',
    ]);
  });

  it('shows the restrictions below the name', async () => {
    const accessRestrictions = [{ plugin: 'catalog' }, { plugin: 'search' }];
    await setUp([aKey({ accessRestrictions }), CD], []);
    expect(cellsOf('CI deploy')[1]).toBe(
      'CI deploy …x7KqEverything in the catalog and search; nothing else',
    );
    expect(cellsOf('CD')[1]).toBe('CD …x7Kq');
  });

  it('shows the scopes below the name', async () => {
    await setUp(
      [
        aKey({ accessRestrictions: [], scopes: ['deploy'] }),
        { ...CD, scopes: ['deploy', 'reports:read'] },
      ],
      [],
    );
    expect(cellsOf('CI deploy')[1]).toBe(
      'CI deploy …x7KqNothing in Backstage; outside: deploy',
    );
    expect(cellsOf('CD')[1]).toBe(
      'CD …x7KqOutside of Backstage: deploy and reports:read',
    );
  });

  it('shows all other columns', async () => {
    const more = {
      useCount: 12345,
      inactivityTimeout: 'P30D',
      scopes: ['deploy', 'api:default/petstore'],
    };
    await setUp(
      [aKey(more), CD],
      [],
      ['uses', 'createdBy', 'inactivity', 'scopes', 'id'],
    );
    expect(cellsOf('CI deploy').slice(2)).toEqual([
      'Uses12,345',
      'Created byadauser:default/ada',
      'Inactivity timeout30 days',
      'Scopesdeployapi:default/petstore',
      'Idk1',
      '',
    ]);
    expect(cellsOf('CD')).toContain('Scopes—');
  });

  it('has a header for each column', async () => {
    await setUp([CI], [], [...INVENTORY_COLUMNS]);
    const headings = screen.getAllByRole('columnheader');
    expect(headings.map(heading => heading.textContent)).toEqual([
      '',
      'Name',
      'Owner',
      'Status',
      'Expires',
      'Last used',
      'Created',
      'Uses',
      'Created by',
      'Inactivity timeout',
      'Scopes',
      'Id',
      'Actions',
    ]);
  });

  it('offers the actions on a key', async () => {
    const { actions, user } = await setUp();
    await user.click(screen.getByLabelText('Actions for CD'));
    expect(menuItems()).toEqual([
      'Show in audit trail',
      'Change expiry…',
      'Transfer…',
      'Revoke…',
    ]);
    expect(
      screen.getByRole('menuitem', { name: 'Show in audit trail' }),
    ).toHaveAttribute('href', '/api-keys-admin/events?keyId=k2');
    await user.click(screen.getByRole('menuitem', { name: 'Change expiry…' }));
    expect(actions.onSetExpiry).toHaveBeenCalledWith(CD);
    await user.click(screen.getByLabelText('Actions for CD'));
    await user.click(screen.getByRole('menuitem', { name: 'Transfer…' }));
    expect(actions.onTransfer).toHaveBeenCalledWith(CD);
    await user.click(screen.getByLabelText('Actions for CD'));
    await user.click(screen.getByRole('menuitem', { name: 'Revoke…' }));
    expect(actions.onRevoke).toHaveBeenCalledWith(CD);
  });

  it.each([
    ['revoked', ['Show in audit trail']],
    ['expired', ['Show in audit trail', 'Revoke…']],
  ] as const)(
    'offers only the applicable actions for a key that is %s',
    async (status, items) => {
      const { user } = await setUp([aKey({ status })], []);
      await user.click(screen.getByLabelText('Actions for CI deploy'));
      expect(menuItems()).toEqual(items);
    },
  );

  it('selects and deselects a key', async () => {
    const { onSelect, user } = await setUp();
    expect(screen.getByLabelText('Select CI deploy')).toBeChecked();
    await user.click(screen.getByLabelText('Select CD'));
    expect(onSelect).toHaveBeenLastCalledWith([CI, CD]);
    await user.click(screen.getByLabelText('Select CI deploy'));
    expect(onSelect).toHaveBeenLastCalledWith([]);
  });

  it('selects all keys that can be revoked, and none', async () => {
    const { onSelect, user } = await setUp();
    expect(screen.queryByLabelText('Select Old')).not.toBeInTheDocument();
    expect(all()).not.toBeChecked();
    await user.click(all());
    expect(onSelect).toHaveBeenCalledWith([CI, CD]);
  });

  it('deselects all once all are selected', async () => {
    const { onSelect, user } = await setUp([CI, OLD], [CI]);
    expect(all()).toBeChecked();
    await user.click(all());
    expect(onSelect).toHaveBeenCalledWith([]);
  });

  it('has no selection without permission', async () => {
    renderWithApis(
      <InventoryTable
        keys={[CI]}
        columns={DEFAULT_COLUMNS}
        updating={false}
        selected={[]}
      />,
    );
    await screen.findByText('CI deploy');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('Actions for CI deploy'));
    expect(menuItems()).toEqual(['Show in audit trail']);
  });
});
