import { screen } from '@testing-library/react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { Sparkline } from './Sparkline';

const days = (uses: { [day: number]: number }) =>
  Array.from({ length: 30 }, (_, day) => uses[day] ?? 0);

describe('Sparkline', () => {
  it.each([
    [{}, 'Not used in the last 30 days'],
    [{ 29: 1 }, 'Used on 1 of the last 30 days, once'],
    [{ 3: 40, 7: 300 }, 'Used on 2 of the last 30 days, 340 times'],
  ])('describes %j as text', async (uses, label) => {
    renderWithApis(<Sparkline days={days(uses)} />);
    expect(await screen.findByRole('img', { name: label })).toBeInTheDocument();
  });

  it('draws a bar for each day, up to the busiest', async () => {
    renderWithApis(<Sparkline days={days({ 0: 50, 1: 100, 2: 1 })} />);
    const bars = (await screen.findByRole('img')).querySelectorAll('rect');
    expect(bars).toHaveLength(30);
    const heights = [...bars].map(bar => Number(bar.getAttribute('height')));
    expect(heights.slice(0, 4)).toEqual([10, 20, 3, 1]);
  });
});
