import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { KeyFamily } from './KeyFamily';

/** Returns keys that each replaced the one before; `k1` is the oldest. */
const aLine = (count: number, overrides: Partial<ApiKey> = {}): ApiKey[] =>
  Array.from({ length: count }, (_, i) =>
    aKey({
      id: `k${i + 1}`,
      hint: `H${i + 1}`,
      familyId: 'k1',
      createdAt: fromNow({ days: i - count }),
      predecessorId: i > 0 ? `k${i}` : null,
      successorId: i + 1 < count ? `k${i + 2}` : null,
      status: i + 1 < count ? 'revoked' : 'active',
      ...overrides,
    }),
  );

async function setUp(keys: ApiKey[], hereId = 'k1') {
  renderWithApis(<KeyFamily keys={keys} hereId={hereId} />);
  await screen.findAllByRole('listitem');
  return userEvent.setup();
}

const hints = () =>
  screen.getAllByText(/^…/).map(element => element.textContent);

describe('KeyFamily', () => {
  it('lists the oldest key first, with links to all but this one', async () => {
    await setUp(aLine(3).reverse(), 'k2');
    expect(hints()).toEqual(['…H1', '…H2', '…H3']);
    expect(
      screen.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual(['/api-keys/k1', '/api-keys/k3']);
    const here = screen.getByText('(This key)').parentElement;
    expect(here).toHaveAttribute('aria-current', 'page');
    expect(here).toHaveTextContent('CI deploy …H2');
  });

  it('nests successors that were never used under their predecessor', async () => {
    const [first, second] = aLine(2);
    const dropped = aKey({
      id: 'dropped',
      hint: 'Drop',
      predecessorId: 'k1',
      status: 'revoked',
      revokedReason: 'superseded',
      revokedAt: fromNow({ hours: -1 }),
    });
    await setUp([second, dropped, first]);
    expect(hints()).toEqual(['…H1', '…Drop', '…H2']);
    const [oldest] = screen.getAllByRole('listitem');
    const inner = within(oldest).getByRole('listitem');
    expect(inner).toHaveTextContent('…Drop');
    expect(inner).toHaveTextContent('Replaced before it was used');
    expect(inner).not.toHaveTextContent('…H2');
  });

  it.each<[string, Partial<ApiKey>, string]>([
    ['nobody used', {}, 'Never used'],
    [
      'was used',
      { lastUsedAt: fromNow({ hours: -5 }), lastUsedIp: '10.0.0.7' },
      'Last used 5 hours ago from 10.0.0.7',
    ],
    [
      'was used from an unknown place',
      { lastUsedAt: fromNow({ hours: -5 }) },
      'Last used 5 hours ago',
    ],
    [
      'is used although it has a successor',
      {
        status: 'retiring',
        lastUsedAt: fromNow({ minutes: -3 }),
        lastUsedIp: '10.0.0.7',
      },
      'Old key still used 3 minutes ago from 10.0.0.7',
    ],
    [
      'is used from an unknown place although it has a successor',
      { status: 'retiring', lastUsedAt: fromNow({ minutes: -3 }) },
      'Old key still used 3 minutes ago',
    ],
  ])('describes a key that %s', async (_, use, text) => {
    const [old, fresh] = aLine(2);
    await setUp([{ ...old, ...use }, fresh]);
    const [first] = screen.getAllByRole('listitem');
    // The status follows the text.
    expect(first.textContent).toMatch(new RegExp(`${text}(Revoked|Retiring)`));
  });

  it('collapses the oldest of many keys', async () => {
    const user = await setUp(aLine(8), 'k8');
    expect(hints()).toEqual(['…H4', '…H5', '…H6', '…H7', '…H8']);
    await user.click(screen.getByRole('button', { name: 'Show 3 older keys' }));
    expect(hints()).toHaveLength(8);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.getByRole('list')).toHaveFocus();
  });

  it('never collapses the key of the page', async () => {
    await setUp(aLine(8), 'k2');
    expect(hints()).toHaveLength(8);
  });

  it('distinguishes keys that rotated themselves from those that a person rotated', async () => {
    const [first, second, third] = aLine(3);
    await setUp([
      first,
      { ...second, rotatedBy: 'key' },
      { ...third, rotatedBy: 'owner' },
    ]);
    const byKey = /by the key before it, not by a person/;
    const [one, two, three] = screen.getAllByRole('listitem');
    expect(two).toHaveTextContent(byKey);
    for (const other of [one, three])
      expect(other).not.toHaveTextContent(byKey);
  });

  it('shows names as plain text', async () => {
    await setUp(aLine(2, { name: '<img src=x onerror=alert(1)>' }));
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getAllByText('<img src=x onerror=alert(1)>')).toHaveLength(2);
  });
});
