import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ApiKeysTable } from './ApiKeysTable';

async function setUp(key: Partial<ApiKey> = {}, api = new FakeApiKeysApi()) {
  const apiKey = aKey(key);
  const onAction = jest.fn();
  renderWithApis(
    <ApiKeysTable keys={[apiKey]} updating={false} onAction={onAction} />,
    { api },
  );
  const table = await screen.findByRole('table', { name: 'Your API keys' });
  const [, row] = within(table).getAllByRole('row');
  const cell = (column: number) => within(row).getAllByRole('cell')[column];
  return { apiKey, onAction, row, cell, user: userEvent.setup() };
}

describe('ApiKeysTable', () => {
  it('identifies a key by name, description and the end of its secret', async () => {
    const { cell } = await setUp({ description: 'Nightly build' });
    expect(cell(0)).toHaveTextContent('CI deploy …x7Kq');
    expect(cell(0)).toHaveTextContent('Nightly build');
  });

  it('marks keys of a team', async () => {
    const { cell } = await setUp({ owner: 'group:default/team-a' });
    expect(cell(0)).toHaveTextContent('Acts as group:default/team-a');
  });

  it('shows restrictions of restricted keys only', async () => {
    const { cell } = await setUp({
      accessRestrictions: [
        { plugin: 'catalog', permissionAttribute: { action: ['read'] } },
      ],
    });
    expect(cell(0)).toHaveTextContent('Reads the catalog; nothing else');
  });

  it('shows creation, expiry and last use', async () => {
    const { cell } = await setUp();
    expect(cell(1)).toHaveTextContent('Active');
    expect(cell(2)).toHaveTextContent('3 days ago');
    expect(cell(3)).toHaveTextContent('in 87 days');
    expect(cell(4)).toHaveTextContent('Never used');
  });

  it('shows the address of the last use', async () => {
    const { cell, user } = await setUp({
      lastUsedAt: fromNow({ minutes: -2 }),
      lastUsedIp: '10.0.0.7',
      lastUsedUserAgent: 'curl/8.5.0',
    });
    await user.hover(within(cell(4)).getByText('2 minutes ago'));
    const tooltip = await screen.findByRole('tooltip');
    expect(tooltip).toHaveTextContent('From 10.0.0.7');
    expect(tooltip).toHaveTextContent('curl/8.5.0');
  });

  it('shows the address and recent usage', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const api = new FakeApiKeysApi();
    api.uses = [{ keyId: 'k1', day, uses: 340 }];
    const { cell } = await setUp(
      {
        useCount: 340,
        lastUsedAt: fromNow({ minutes: -2 }),
        lastUsedIp: '10.0.0.7',
      },
      api,
    );
    expect(
      await within(cell(4)).findByRole('img', {
        name: 'Used on 1 of the last 30 days, 340 times',
      }),
    ).toBeInTheDocument();
    expect(cell(4)).toHaveTextContent(/2 minutes ago.*From 10\.0\.0\.7$/);
  });

  it('works without usage data', async () => {
    const api = new FakeApiKeysApi();
    api.fail('listUsage', new Error('The database is away'));
    const { cell } = await setUp(
      { useCount: 1, lastUsedAt: fromNow({ minutes: -2 }) },
      api,
    );
    await waitFor(() => expect(api.callsOf('listUsage')).toHaveLength(1));
    expect(cell(4)).toHaveTextContent(/2 minutes ago$/);
    expect(within(cell(4)).queryByRole('img')).not.toBeInTheDocument();
  });

  it('says that a key does not expire', async () => {
    const { cell } = await setUp({ expiresAt: null });
    expect(cell(3)).toHaveTextContent('No expiry');
  });

  it('shows no expiry for a revoked key', async () => {
    const { cell } = await setUp({ status: 'revoked' });
    expect(cell(3)).toHaveTextContent(/^Expires—$/);
  });

  it.each<[string, Partial<ApiKey>]>([
    [
      'Retiring Ends in 2 days at the latest',
      { status: 'retiring', overlapEndsAt: fromNow({ days: 2 }) },
    ],
    [
      'Active Inactive in 15 days if unused',
      { status: 'active', inactiveAt: fromNow({ days: 15 }) },
    ],
    [
      'Goes inactive in 5 days',
      { status: 'active', inactiveAt: fromNow({ days: 5 }) },
    ],
    [
      'Expires in 3 days Inactive in 5 days if unused',
      {
        status: 'active',
        expiresAt: fromNow({ days: 3 }),
        inactiveAt: fromNow({ days: 5 }),
      },
    ],
    [
      'Inactive 2 days ago',
      { status: 'inactive', inactiveAt: fromNow({ days: -2 }) },
    ],
    [
      'Revoked 4 hours ago',
      { status: 'revoked', revokedAt: fromNow({ hours: -4 }) },
    ],
  ])('says "%s"', async (text, key) => {
    const { cell } = await setUp(key);
    expect(cell(1).textContent?.replace(/\s/g, '')).toBe(
      `Status${text}`.replace(/\s/g, ''),
    );
  });

  it('says why a key was revoked', async () => {
    const { cell, user } = await setUp({
      status: 'revoked',
      revokedAt: fromNow({ hours: -4 }),
      revokedReason: 'leaked',
    });
    await user.hover(within(cell(1)).getByText('4 hours ago'));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'Revoked because it leaked',
    );
  });

  it.each([
    ['Rotate…', 'rotate'],
    ['Duplicate…', 'duplicate'],
    ['Rename…', 'edit'],
    ['Shorten expiry…', 'shorten'],
    ['Revoke…', 'revoke'],
  ])('offers to %s', async (item, action) => {
    const { apiKey, onAction, user } = await setUp();
    await user.click(
      screen.getByRole('button', { name: 'Actions for CI deploy' }),
    );
    await user.click(screen.getByRole('menuitem', { name: item }));
    expect(onAction.mock.calls).toEqual([[action, apiKey]]);
    expect(screen.queryByRole('menuitem')).not.toBeInTheDocument();
  });

  it('offers only to duplicate an ended key', async () => {
    const { user } = await setUp({ status: 'revoked' });
    await user.click(
      screen.getByRole('button', { name: 'Actions for CI deploy' }),
    );
    const items = screen.getAllByRole('menuitem');
    expect(items.map(item => item.textContent)).toEqual(['Duplicate…']);
  });
});
