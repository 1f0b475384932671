import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import { aPolicy } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ExpiryChoice, resolveExpiry } from './expiry';
import { ExpiryField } from './ExpiryField';

const NOW = DateTime.fromISO('2026-06-15T12:00:00').toMillis();

async function setUp(
  policy = aPolicy(),
  value: { choice: ExpiryChoice; date: string } = {
    choice: { kind: 'default' },
    date: '',
  },
) {
  const onChange = jest.fn();
  renderWithApis(
    <ExpiryField
      policy={policy}
      now={NOW}
      value={value}
      expiry={resolveExpiry(value.choice, value.date, policy.lifetime, NOW)}
      onChange={onChange}
      disabled={false}
    />,
  );
  await screen.findByLabelText('Expiry');
  return onChange;
}

const options = () => screen.getAllByRole('option').map(o => o.textContent);

describe('ExpiryField', () => {
  it('offers the presets that the policy allows', async () => {
    await setUp(aPolicy({ lifetime: { max: 'P60D', default: 'P30D' } }));
    expect(options()).toEqual(['7 days', '30 days', 'Pick a date']);
  });

  it('names the default if it is none of the presets', async () => {
    await setUp(aPolicy({ lifetime: { default: 'P60D' } }));
    expect(options()).toContain('Default (60 days)');
  });

  it('starts the date at the end of the default', async () => {
    const onChange = await setUp();
    await userEvent.selectOptions(
      screen.getByLabelText('Expiry'),
      'Pick a date',
    );
    expect(onChange).toHaveBeenCalledWith({
      choice: { kind: 'date' },
      date: '2026-09-13',
    });
  });

  it('limits the days for the browser and the user', async () => {
    await setUp(aPolicy({ lifetime: { max: 'P30D' } }), {
      choice: { kind: 'date' },
      date: '2027-01-01',
    });
    const input = screen.getByLabelText(/Last day/);
    expect(input).toHaveAttribute('min', '2026-06-16');
    expect(input).toHaveAttribute('max', '2026-07-15');
    expect(
      screen.getByText('Keys may last until July 15, 2026 at most.'),
    ).toBeVisible();
  });
});
