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
  it('takes an owner', async () => {
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

    it('takes one that is on offer, without a mouse', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'repo');
      await screen.findByRole('option', { name: /^Reports/ });
      await user.keyboard('{ArrowDown}{Enter}');
      const scope = 'reports:read';
      expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_FILTERS, scope });
      expect(screen.getByLabelText('Scope')).toHaveValue(scope);
    });

    it('takes that of an API, in the way in which keys carry it', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'api:Default/PetStore');
      expect(onChange).not.toHaveBeenCalled();
      await user.tab();
      const scope = 'api:default/petstore';
      expect(onChange.mock.calls).toEqual([[{ ...DEFAULT_FILTERS, scope }]]);
    });

    it('says of what is no scope that it is none', async () => {
      const { onChange, user } = await setUp({}, SCOPES);
      await user.type(screen.getByLabelText('Scope'), 'no scope{Enter}');
      expect(screen.getByText('This is not a scope.')).toBeVisible();
      expect(screen.getByLabelText('Scope')).toBeInvalid();
      expect(onChange).not.toHaveBeenCalled();
    });

    it('lets go of it', async () => {
      const { onChange, user } = await setUp({ scope: 'deploy' }, SCOPES);
      await user.clear(screen.getByLabelText('Scope'));
      await user.tab();
      expect(onChange.mock.calls).toEqual([[DEFAULT_FILTERS]]);
    });

    it('is not offered where keys carry none, unless the address asks for it', async () => {
      await setUp();
      expect(screen.queryByLabelText('Scope')).not.toBeInTheDocument();
    });

    it('is shown where the address asks for it', async () => {
      await setUp({ scope: 'gone' });
      expect(screen.getByLabelText('Scope')).toHaveValue('gone');
    });
  });

  it('picks several states, in their usual order', async () => {
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

  it('shows what to look out for', async () => {
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

  it('shows keys of an age', async () => {
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
  ])('says which days %p are, and lets go of them', async (days, text) => {
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
