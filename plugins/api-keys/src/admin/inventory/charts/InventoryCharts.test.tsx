import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { summarize } from '../../../__testUtils__/inventory';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../../shared/filters/inventoryFilters';
import { afterDay, dayOf } from '../../../shared/time/days';
import { InventoryCharts } from './InventoryCharts';

const TODAY = dayOf(Date.now());

async function setUp(filters: Partial<InventoryFilters> = {}) {
  const onChange = jest.fn();
  const summary = {
    ...summarize([]),
    expiryCalendar: [
      { day: TODAY, keys: 1 },
      { day: afterDay(TODAY, 8), keys: 3 },
    ],
    usesPerDay: [{ day: afterDay(TODAY, -1), uses: 1200 }],
  };
  renderWithApis(
    <InventoryCharts
      summary={summary}
      filters={{ ...DEFAULT_FILTERS, orderBy: 'name:asc', ...filters }}
      onChange={onChange}
    />,
  );
  await screen.findByText('4 keys');
  return { onChange, user: userEvent.setup() };
}

const chart = (name: RegExp) =>
  within(screen.getByRole('group', { name })).getAllByRole('button');
const weeks = () => chart(/^Keys that expire/);
const days = () => chart(/^Uses/);

describe('InventoryCharts', () => {
  it('describes expiries and usage as text', async () => {
    await setUp();
    expect(weeks()).toHaveLength(13);
    expect(weeks()[0]).toHaveAccessibleName(/: 1 key$/);
    expect(weeks()[1]).toHaveAccessibleName(/: 3 keys$/);
    expect(days()).toHaveLength(30);
    expect(days()[28]).toHaveAccessibleName(/: 1200 times$/);
    expect(screen.getByText('1200 times')).toBeInTheDocument();
  });

  it('filters by a week of expiry and by a day of usage', async () => {
    const { onChange, user } = await setUp({ search: 'ci' });
    await user.click(weeks()[1]);
    expect(onChange).toHaveBeenLastCalledWith({
      ...DEFAULT_FILTERS,
      orderBy: 'name:asc',
      status: ['active', 'retiring'],
      expiresFrom: afterDay(TODAY, 7),
      expiresTo: afterDay(TODAY, 13),
    });
    await user.click(days()[28]);
    expect(onChange).toHaveBeenLastCalledWith({
      ...DEFAULT_FILTERS,
      orderBy: 'name:asc',
      usedOn: afterDay(TODAY, -1),
    });
  });

  it('marks the active bar, and resets it on a second click', async () => {
    const { onChange, user } = await setUp({ usedOn: TODAY });
    expect(days()[29]).toHaveAttribute('aria-pressed', 'true');
    expect(days()[28]).toHaveAttribute('aria-pressed', 'false');
    await user.click(days()[29]);
    expect(onChange).toHaveBeenCalledWith({
      ...DEFAULT_FILTERS,
      orderBy: 'name:asc',
    });
  });

  it('is a single tab stop with arrow keys inside', async () => {
    const { onChange, user } = await setUp();
    await user.tab();
    expect(weeks()[0]).toHaveFocus();
    await user.keyboard('{ArrowLeft}{ArrowRight}{ArrowRight}');
    expect(weeks()[2]).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(onChange).toHaveBeenCalledTimes(1);
    await user.tab();
    expect(days()[0]).toHaveFocus();
    await user.tab({ shift: true });
    expect(weeks()[2]).toHaveFocus();
  });
});
