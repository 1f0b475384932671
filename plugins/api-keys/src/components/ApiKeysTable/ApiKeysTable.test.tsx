import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ApiKeysTable } from '.';

async function setUp(key: Partial<ApiKey> = {}) {
  const apiKey = aKey(key);
  const onAction = jest.fn();
  renderWithApis(
    <ApiKeysTable keys={[apiKey]} updating={false} onAction={onAction} />,
  );
  const table = await screen.findByRole('table', { name: 'Your API keys' });
  const [, row] = within(table).getAllByRole('row');
  const cell = (column: number) => within(row).getAllByRole('cell')[column];
  return { apiKey, onAction, row, cell, user: userEvent.setup() };
}

describe('ApiKeysTable', () => {
  it('tells a key apart by name, description and the end of its secret', async () => {
    const { cell } = await setUp({ description: 'Nightly build' });
    expect(cell(0)).toHaveTextContent('CI deploy …x7Kq');
    expect(cell(0)).toHaveTextContent('Nightly build');
  });

  it('tells the key of a team from one’s own', async () => {
    const { cell } = await setUp({ owner: 'group:default/team-a' });
    expect(cell(0)).toHaveTextContent('Acts as group:default/team-a');
  });

  it('says when a key was made, when it ends and whether it was used', async () => {
    const { cell } = await setUp();
    expect(cell(1)).toHaveTextContent('Active');
    expect(cell(2)).toHaveTextContent('3 days ago');
    expect(cell(3)).toHaveTextContent('in 87 days');
    expect(cell(4)).toHaveTextContent('Never used');
  });

  it('says from where a key was last used', async () => {
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

  it('says that a key does not expire', async () => {
    const { cell } = await setUp({ expiresAt: null });
    expect(cell(3)).toHaveTextContent('No expiry');
  });

  it('gives a revoked key no future', async () => {
    const { cell } = await setUp({ status: 'revoked' });
    expect(cell(3)).toHaveTextContent(/^Expires—$/);
  });

  it.each<[string, Partial<ApiKey>]>([
    [
      'Retiring Ends in 2 days at the latest',
      { status: 'retiring', overlapEndsAt: fromNow({ days: 2 }) },
    ],
    [
      'Active Inactive in 5 days if unused',
      { status: 'active', inactiveAt: fromNow({ days: 5 }) },
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

  it('offers to duplicate a key that is dead, and nothing else', async () => {
    const { user } = await setUp({ status: 'revoked' });
    await user.click(
      screen.getByRole('button', { name: 'Actions for CI deploy' }),
    );
    const items = screen.getAllByRole('menuitem');
    expect(items.map(item => item.textContent)).toEqual(['Duplicate…']);
  });
});
