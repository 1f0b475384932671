import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { PagedListState } from '../shared/list/usePagedList';
import { ApiKeysList } from './ApiKeysList';

type ReadyState = Extract<PagedListState<ApiKey>, { status: 'ready' }>;

const ready = (overrides: Partial<ReadyState> = {}): ReadyState => ({
  status: 'ready',
  items: [aKey()],
  totalItems: 1,
  totalIsCapped: false,
  hasMore: false,
  updating: false,
  loadingMore: false,
  ...overrides,
});

function setUp(state: PagedListState<ApiKey>) {
  const onRetry = jest.fn(async () => {});
  const onLoadMore = jest.fn();
  renderWithApis(
    <ApiKeysList
      state={state}
      empty={<p>Nothing here</p>}
      onRetry={onRetry}
      onLoadMore={onLoadMore}
      onAction={() => {}}
    />,
  );
  return { onRetry, onLoadMore, user: userEvent.setup() };
}

describe('ApiKeysList', () => {
  it('says that it is loading', async () => {
    setUp({ status: 'loading' });
    expect(
      await screen.findByRole('status', { name: 'Loading your API keys' }),
    ).toBeInTheDocument();
  });

  it('counts the keys', async () => {
    setUp(ready());
    expect(await screen.findByText('1 key')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('loads more on request', async () => {
    const { onLoadMore, user } = setUp(ready({ totalItems: 7, hasMore: true }));
    expect(await screen.findByText('1 of 7 keys')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(onLoadMore).toHaveBeenCalledTimes(1);
  });

  it('shows a lower bound of the count', async () => {
    setUp(ready({ totalItems: 10_000, totalIsCapped: true, hasMore: true }));
    expect(
      await screen.findByText('1 of more than 10000 keys'),
    ).toBeInTheDocument();
  });

  it('shows the given empty state', async () => {
    setUp(ready({ items: [], totalItems: 0 }));
    expect(await screen.findByText('Nothing here')).toBeInTheDocument();
  });

  it('shows no empty state while loading', async () => {
    setUp(ready({ items: [], totalItems: 0, updating: true }));
    expect(
      await screen.findByRole('status', { name: 'Loading your API keys' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Nothing here')).not.toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const error = await refusal(503, 'Error', 'The database is away');
    const { onRetry, user } = setUp({ status: 'failed', error });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Your API keys could not be loaded');
    expect(alert).toHaveTextContent('The database is away');
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('explains a missing permission', async () => {
    const error = await refusal(403, 'NotAllowedError', 'Forbidden');
    setUp({ status: 'failed', error });
    expect(
      await screen.findByText('You are not permitted to see API keys'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Retry' }),
    ).not.toBeInTheDocument();
  });

  it('keeps the keys after a failed refresh, and says that they may be outdated', async () => {
    setUp(ready({ refreshError: new TypeError('Failed to fetch') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'may be out of date',
    );
    expect(screen.getByText('CI deploy')).toBeInTheDocument();
  });
});
