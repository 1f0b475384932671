import { screen } from '@testing-library/react';
import { API_KEY_STATUSES } from 'backstage-plugin-api-keys-common';
import { DurationLike } from 'luxon';
import { fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { KeyWarning } from './keyWarning';
import { StatusChip } from './StatusChip';

describe('StatusChip', () => {
  it.each(API_KEY_STATUSES)('says "%s" in words', async status => {
    renderWithApis(<StatusChip status={status} />);
    expect(
      await screen.findByText(new RegExp(`^${status}$`, 'i')),
    ).toBeInTheDocument();
    expect(document.querySelector('svg')).toBeNull();
  });

  it.each<[KeyWarning['cause'], DurationLike, string]>([
    ['expiry', { days: 3 }, 'Expires in 3 days'],
    ['expiry', { hours: 5 }, 'Expires in 5 hours'],
    ['inactivity', { days: 2 }, 'Goes inactive in 2 days'],
    ['inactivity', { minutes: 20 }, 'Goes inactive in 20 minutes'],
  ])(
    'warns of %s %j before, without relying on colour',
    async (cause, left, text) => {
      const warning = { cause, at: fromNow(left) };
      renderWithApis(<StatusChip status="active" warning={warning} />);
      expect(await screen.findByText(text)).toBeInTheDocument();
      expect(document.querySelector('svg')).not.toBeNull();
    },
  );
});
