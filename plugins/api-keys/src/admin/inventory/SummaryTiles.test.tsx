import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { summarize } from '../../__testUtils__/inventory';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../shared/filters/inventoryFilters';
import { SummaryTiles } from './SummaryTiles';

const KEYS = [
  aKey({ id: '1', expiresAt: fromNow({ days: 3 }) }),
  aKey({ id: '2', status: 'retiring', expiresAt: null }),
  aKey({ id: '3', lastUsedAt: fromNow({ days: -1 }) }),
  aKey({ id: '4', status: 'revoked' }),
  aKey({ id: '5', status: 'expired' }),
];

async function setUp(filters: Partial<InventoryFilters> = {}) {
  const onChange = jest.fn();
  renderWithApis(
    <SummaryTiles
      summary={summarize(KEYS)}
      filters={{ ...DEFAULT_FILTERS, orderBy: 'name:asc', ...filters }}
      onChange={onChange}
    />,
  );
  await screen.findByRole('group', { name: 'API keys in numbers' });
  return { onChange, user: userEvent.setup() };
}

const tile = (name: RegExp) => screen.getByRole('button', { name });
const pressed = () =>
  screen
    .getAllByRole('button')
    .filter(each => each.getAttribute('aria-pressed') === 'true');

describe('SummaryTiles', () => {
  it('counts working, critical and ended keys', async () => {
    await setUp();
    const texts = screen.getAllByRole('button').map(each => each.textContent);
    expect(texts).toEqual([
      '3Working',
      '1Expire within 7 days',
      '1Expire within 30 days',
      '2Never used',
      '0Unused for 90 days',
      '1Without expiry',
      '1Revoked this week',
    ]);
    expect(pressed()).toEqual([]);
  });

  it('applies only the filters of a tile and keeps the order', async () => {
    const { onChange, user } = await setUp({ search: 'ci', owner: 'x' });
    await user.click(tile(/Never used/));
    expect(onChange).toHaveBeenCalledWith({
      ...DEFAULT_FILTERS,
      status: ['active', 'retiring'],
      concern: 'never-used',
      orderBy: 'name:asc',
    });
  });

  it('marks the active tile, and resets it on a second click', async () => {
    const { onChange, user } = await setUp({
      status: ['revoked'],
      concern: 'revoked-7d',
    });
    expect(pressed()).toEqual([tile(/Revoked/)]);
    tile(/Revoked/).focus();
    await user.keyboard('{Enter}');
    expect(onChange).toHaveBeenCalledWith({
      ...DEFAULT_FILTERS,
      orderBy: 'name:asc',
    });
  });

  it.each<Partial<InventoryFilters>>([
    { search: 'ci' },
    { owner: 'x' },
    { age: '30d' },
    { usedOn: '2026-06-15' },
    { expiresFrom: '2026-06-15' },
  ])('marks no tile if %p narrows the list further', async further => {
    const revoked = { concern: 'revoked-7d' as const };
    await setUp({ status: ['revoked'], ...revoked, ...further });
    expect(pressed()).toEqual([]);
  });
});
