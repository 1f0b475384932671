import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyScope } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../../shared/filters/inventoryFilters';
import { InventoryFilterBar } from './InventoryFilterBar';

async function setUp(
  initial: Partial<InventoryFilters> = {},
  scopes?: ApiKeyScope[],
) {
  const onChange = jest.fn();
  const Controlled = () => {
    const [values, setValues] = useState({ ...DEFAULT_FILTERS, ...initial });
    const change = (next: InventoryFilters) => {
      onChange(next);
      setValues(next);
    };
    return (
      <InventoryFilterBar values={values} onChange={change} scopes={scopes} />
    );
  };
  renderWithApis(<Controlled />);
  await screen.findByLabelText('Search');
  return { onChange, user: userEvent.setup() };
}

describe('InventoryFilterBar', () => {
  it('filters by owner', async () => {
    const { onChange, user } = await setUp();
    await user.type(screen.getByLabelText('Owner'), 'ada{Enter}');
    const owner = 'user:default/ada';
    expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_FILTERS, owner });
  });

  describe('by scope', () => {
    const SCOPES = [
      { name: 'reports:read', title: 'Reports', description: null },
      { name: 'deploy', title: null, description: null },
    ];

    it('picks an offered scope with the keyboard', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'repo');
      await screen.findByRole('option', { name: /^Reports/ });
      await user.keyboard('{ArrowDown}{Enter}');
      const scope = 'reports:read';
      expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_FILTERS, scope });
      expect(screen.getByLabelText('Scope')).toHaveValue(scope);
    });

    it('normalizes the scope of an API', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'api:Default/PetStore');
      expect(onChange).not.toHaveBeenCalled();
      await user.tab();
      const scope = 'api:default/petstore';
      expect(onChange.mock.calls).toEqual([[{ ...DEFAULT_FILTERS, scope }]]);
    });

    it('rejects text that is not a scope', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'no scope{Enter}');
      expect(screen.getByText('This is not a scope.')).toBeVisible();
      expect(screen.getByLabelText('Scope')).toBeInvalid();
      expect(onChange).not.toHaveBeenCalled();
    });

    it('can be cleared', async () => {
      const { onChange, user } = await setUp({ scope: 'deploy' }, SCOPES);
      await user.clear(screen.getByLabelText('Scope'));
      await user.tab();
      expect(onChange.mock.calls).toEqual([[DEFAULT_FILTERS]]);
    });

    it('is hidden in a portal without scopes, unless the URL has one', async () => {
      await setUp();
      expect(screen.queryByLabelText('Scope')).not.toBeInTheDocument();
    });

    it('shows the scope of the URL', async () => {
      await setUp({ scope: 'gone' });
      expect(screen.getByLabelText('Scope')).toHaveValue('gone');
    });
  });

  it('picks several statuses, in the order of the options', async () => {
    const { onChange, user } = await setUp({ status: ['expired'] });
    await user.click(screen.getByLabelText(/Status/));
    await user.click(screen.getByRole('option', { name: 'Active' }));
    expect(onChange).toHaveBeenLastCalledWith({
      ...DEFAULT_FILTERS,
      status: ['active', 'expired'],
    });
    await user.click(screen.getByRole('option', { name: 'Expired' }));
    expect(onChange).toHaveBeenLastCalledWith({
      ...DEFAULT_FILTERS,
      status: ['active'],
    });
  });

  it('filters by concern', async () => {
    const { onChange, user } = await setUp();
    await user.selectOptions(
      screen.getByLabelText('Show only'),
      'Unused for 90 days',
    );
    expect(onChange).toHaveBeenCalledWith({
      ...DEFAULT_FILTERS,
      concern: 'unused-90d',
    });
  });

  it('filters by age', async () => {
    const { onChange, user } = await setUp();
    await user.selectOptions(
      screen.getByLabelText('Created'),
      'More than a year ago',
    );
    expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_FILTERS, age: '365d' });
  });

  it.each<[Partial<InventoryFilters>, RegExp]>([
    [
      { expiresFrom: '2026-11-24', expiresTo: '2026-11-30' },
      /^Expires Nov 24\s*–\s*30, 2026$/,
    ],
    [{ expiresFrom: '2026-11-24' }, /^Expires from Nov 24, 2026 on$/],
    [{ expiresTo: '2026-11-24' }, /^Expires by Nov 24, 2026$/],
    [{ usedOn: '2026-11-24' }, /^Used on Nov 24, 2026$/],
  ])('shows the days of %p as removable chips', async (days, text) => {
    const { onChange, user } = await setUp(days);
    const chip = screen.getByText(text);
    chip.parentElement!.focus();
    await user.keyboard('{Delete}');
    expect(onChange).toHaveBeenCalledWith(DEFAULT_FILTERS);
    expect(chip).not.toBeInTheDocument();
  });

  it.each([
    ['Expiring soonest', 'expiresAt:asc'],
    ['Last used', 'lastUsedAt:desc'],
    ['Unused longest', 'lastUsedAt:asc'],
    ['Oldest first', 'createdAt:asc'],
    ['Owner', 'owner:asc'],
    ['Name', 'name:asc'],
  ])('sorts by "%s"', async (label, orderBy) => {
    const { onChange, user } = await setUp();
    await user.selectOptions(screen.getByLabelText('Sort by'), label);
    expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_FILTERS, orderBy });
  });
});
