import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { afterDay, dayInWords, dayOf } from '../../shared/time/days';
import { UsageChart } from './UsageChart';

const TODAY = dayOf(Date.now());
const YESTERDAY = afterDay(TODAY, -1);
const today = dayInWords(TODAY, 'en-US');
const yesterday = dayInWords(YESTERDAY, 'en-US');

const used = (day: string, plugin: string, uses: number) => ({
  day,
  plugin,
  uses,
});

async function setUp(
  uses = [
    used(YESTERDAY, 'catalog', 1),
    used(TODAY, 'catalog', 1200),
    used(TODAY, 'techdocs', 2),
  ],
) {
  renderWithApis(<UsageChart uses={uses} />);
  const chart = await screen.findByRole('group', {
    name: 'Uses by day (UTC) and plugin',
  });
  return {
    bars: within(chart).getAllByRole('button'),
    user: userEvent.setup(),
  };
}

const status = () => screen.getByRole('status');

describe('UsageChart', () => {
  it('describes each day by plugin', async () => {
    const { bars } = await setUp();
    expect(bars).toHaveLength(30);
    expect(bars[29]).toHaveAccessibleName(
      `${today}: 1202 times (catalog 1,200, techdocs 2)`,
    );
    expect(bars[28]).toHaveAccessibleName(`${yesterday}: 1 time (catalog 1)`);
    expect(bars[27]).toHaveAccessibleName(/: 0 times$/);
  });

  it('is a single tab stop with arrow keys between days', async () => {
    const { bars, user } = await setUp();
    await user.tab();
    expect(bars[0]).toHaveFocus();
    await user.keyboard('{ArrowLeft}{ArrowRight}{ArrowRight}');
    expect(bars[2]).toHaveFocus();
    await user.tab();
    expect(bars).not.toContain(document.activeElement);
  });

  it('shows details of the picked day', async () => {
    const { bars, user } = await setUp();
    expect(status()).toHaveTextContent(/^Pick a day/);
    bars[29].focus();
    await user.keyboard('{Enter}');
    expect(status()).toHaveTextContent(`${today}: 1202 times`);
    expect(bars[29]).toHaveAttribute('aria-pressed', 'true');
    await user.click(bars[28]);
    expect(status()).toHaveTextContent(`${yesterday}: 1 time`);
    await user.click(bars[28]);
    expect(status()).toHaveTextContent(/^Pick a day/);
  });

  it('shows the numbers in a legend and a table', async () => {
    await setUp();
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual(['catalog 1,201', 'techdocs 2']);
    expect(screen.getByText('1203 times')).toBeInTheDocument();
    const [, ...rows] = within(
      screen.getByRole('table', { hidden: true }),
    ).getAllByRole('row', { hidden: true });
    expect(rows.map(row => row.textContent)).toEqual([
      `${today}catalog1,200`,
      `${today}techdocs2`,
      `${yesterday}catalog1`,
    ]);
  });

  it('stacks the plugins of a day in the colours of the legend', async () => {
    const { bars } = await setUp();
    const colorOf = (element: Element) =>
      getComputedStyle(element).backgroundColor;
    const legend = screen
      .getAllByRole('listitem')
      .map(item => colorOf(item.firstElementChild!));
    expect(new Set(legend).size).toBe(2);
    const parts = bars[29].querySelectorAll('span > span');
    expect([...parts].map(colorOf)).toEqual(legend);
  });

  it('shows the plugins that have no colour of their own as one', async () => {
    const { bars } = await setUp(
      [...'abcdefg'].map((plugin, i) => used(TODAY, plugin, 10 - i)),
    );
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual(['a 10', 'b 9', 'c 8', 'd 7', 'e 6', 'Other plugins 9']);
    expect(bars[29]).toHaveAccessibleName(/Other plugins 9\)$/);
  });

  it('shows names of plugins as plain text', async () => {
    await setUp([used(TODAY, '<img src=x onerror=alert(1)>', 1)]);
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getAllByText(/<img src=x/)).not.toHaveLength(0);
  });
});
