import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { InventoryTable } from '.';

const CI = aKey();
const CD = aKey({ id: 'k2', name: 'CD', owner: 'group:default/team-a' });
const OLD = aKey({ id: 'k3', name: 'Old', status: 'revoked' });

async function setUp(keys = [CI, CD, OLD], selected = [CI]) {
  const onSelect = jest.fn();
  renderWithApis(
    <InventoryTable
      keys={keys}
      updating={false}
      selected={selected}
      onSelect={onSelect}
    />,
  );
  await screen.findByRole('table', { name: 'Everybody’s API keys' });
  return { onSelect, user: userEvent.setup() };
}

const cellsOf = (name: string) =>
  within(screen.getByRole('row', { name: new RegExp(name) }))
    .getAllByRole('cell')
    .map(cell => cell.textContent);
const all = () => screen.getByLabelText('Select all keys in the list');

describe('InventoryTable', () => {
  it('says whose each key is, and from where it was last used', async () => {
    const used = { lastUsedAt: fromNow({ hours: -2 }), lastUsedIp: '10.0.0.7' };
    await setUp([aKey(used)], []);
    expect(cellsOf('CI deploy')).toEqual([
      '',
      'CI deploy …x7Kq',
      'Owneruser:default/ada',
      'StatusActive',
      'Expiresin 87 days',
      'Last used2 hours agoFrom 10.0.0.7',
      'Created3 days ago',
    ]);
  });

  it('ticks one more and one less', async () => {
    const { onSelect, user } = await setUp();
    expect(screen.getByLabelText('Select CI deploy')).toBeChecked();
    await user.click(screen.getByLabelText('Select CD'));
    expect(onSelect).toHaveBeenLastCalledWith([CI, CD]);
    await user.click(screen.getByLabelText('Select CI deploy'));
    expect(onSelect).toHaveBeenLastCalledWith([]);
  });

  it('ticks all that are left to revoke, and none', async () => {
    const { onSelect, user } = await setUp();
    expect(screen.queryByLabelText('Select Old')).not.toBeInTheDocument();
    expect(all()).not.toBeChecked();
    await user.click(all());
    expect(onSelect).toHaveBeenCalledWith([CI, CD]);
  });

  it('ticks none once all are', async () => {
    const { onSelect, user } = await setUp([CI, OLD], [CI]);
    expect(all()).toBeChecked();
    await user.click(all());
    expect(onSelect).toHaveBeenCalledWith([]);
  });

  it('lets nobody tick a key who can do nothing with it', async () => {
    renderWithApis(
      <InventoryTable keys={[CI]} updating={false} selected={[]} />,
    );
    await screen.findByText('CI deploy');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });
});
