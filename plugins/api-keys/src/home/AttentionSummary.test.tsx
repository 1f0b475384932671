import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { AttentionSummary } from './AttentionSummary';

describe('AttentionSummary', () => {
  it('lists the keys that expire or go inactive this week, each with a link', async () => {
    const api = new FakeApiKeysApi([
      aKey({
        id: 'a',
        name: 'Nightly',
        createdAt: fromNow({ days: -30 }),
        expiresAt: fromNow({ days: 2 }),
      }),
      aKey({
        id: 'b',
        name: 'Deploy',
        createdAt: fromNow({ days: -30 }),
        expiresAt: fromNow({ days: 4 }),
      }),
      aKey({ id: 'c', name: 'Old script', inactiveAt: fromNow({ days: 3 }) }),
      aKey({ id: 'd', name: 'Fine' }),
    ]);
    renderWithApis(<AttentionSummary />, { api });
    const expiring = await screen.findByRole('list', {
      name: '2 keys expire this week',
    });
    expect(
      within(expiring)
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Nightly', '/api-keys/a'],
      ['Deploy', '/api-keys/b'],
    ]);
    expect(expiring).toHaveTextContent('in 2 days');
    expect(
      screen.getByRole('list', {
        name: '1 key goes inactive this week if nobody uses it',
      }),
    ).toHaveTextContent('Old script');
    expect(screen.queryByText('Fine')).not.toBeInTheDocument();
  });

  it('says if nothing needs attention, and links to the keys', async () => {
    renderWithApis(<AttentionSummary />, { api: new FakeApiKeysApi([aKey()]) });
    expect(
      await screen.findByText('Nothing needs your attention.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Manage API keys' }),
    ).toHaveAttribute('href', '/api-keys');
  });

  it('shows a load error and retries', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.fail('listKeys', await refusal(503, 'Error', 'The database is away'));
    renderWithApis(<AttentionSummary />, { api });
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
    api.fail('listKeys', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByText('Nothing needs your attention.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('has room for five', async () => {
    const keys = Array.from({ length: 7 }, (_, i) =>
      aKey({ id: `k${i}`, expiresAt: fromNow({ days: 1, minutes: i }) }),
    );
    renderWithApis(<AttentionSummary />, { api: new FakeApiKeysApi(keys) });
    expect(await screen.findAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByText('and 2 more')).toBeInTheDocument();
  });
});
