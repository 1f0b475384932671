import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { RelativeTime } from './RelativeTime';
import { NowProvider } from './useNow';

describe('RelativeTime', () => {
  afterEach(() => jest.useRealTimers());

  it('has a machine-readable time', async () => {
    const time = fromNow({ hours: -3 });
    renderWithApis(<RelativeTime time={time} />);
    expect(await screen.findByText('3 hours ago')).toHaveAttribute(
      'datetime',
      time,
    );
  });

  it('shows the exact time and the details in its tooltip', async () => {
    renderWithApis(
      <RelativeTime
        time="2026-01-05T10:00:07Z"
        details={'From 10.0.0.7\ncurl/8'}
      />,
    );
    const time = await screen.findByText(/ago|in /);
    expect(time).toHaveAttribute('tabindex', '0');
    await userEvent.hover(time);
    const tooltip = await screen.findByRole('tooltip');
    expect(tooltip).toHaveTextContent(/January 5, 2026 .*:00:07/);
    expect(tooltip).toHaveTextContent('From 10.0.0.7');
    expect(tooltip).toHaveTextContent('curl/8');
  });

  it('shows no future time for a past event if a clock is wrong', async () => {
    renderWithApis(<RelativeTime time={fromNow({ seconds: 40 })} past />);
    expect(await screen.findByText('just now')).toBeInTheDocument();
  });

  it('updates itself', async () => {
    jest.useFakeTimers();
    renderWithApis(
      <NowProvider>
        <RelativeTime time={fromNow({ seconds: 0 })} />
      </NowProvider>,
    );
    expect(await screen.findByText('just now')).toBeInTheDocument();
    act(() => jest.advanceTimersByTime(10_000));
    expect(screen.getByText('10 seconds ago')).toBeInTheDocument();
  });
});
