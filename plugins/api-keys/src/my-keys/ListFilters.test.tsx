import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ListFilters } from './ListFilters';

const values = { group: 'working', search: '', orderBy: 'createdAt:desc' };

async function setUp() {
  const onChange = jest.fn();
  renderWithApis(
    <ListFilters
      values={{ group: 'working', search: '', orderBy: 'createdAt:desc' }}
      onChange={onChange}
    />,
  );
  await screen.findByLabelText('Search');
  return onChange;
}

describe('ListFilters', () => {
  it.each([
    ['Ended keys', 'ended'],
    ['All keys', 'all'],
    ['Retiring keys', 'retiring'],
    ['Revoked keys', 'revoked'],
  ])('shows "%s"', async (label, group) => {
    const onChange = await setUp();
    await userEvent.selectOptions(screen.getByLabelText('Show'), label);
    expect(onChange).toHaveBeenCalledWith({ ...values, group });
  });

  it.each([
    ['Oldest first', 'createdAt:asc'],
    ['Expiring soonest', 'expiresAt:asc'],
    ['Last used', 'lastUsedAt:desc'],
    ['Name', 'name:asc'],
  ])('sorts by "%s"', async (label, orderBy) => {
    const onChange = await setUp();
    await userEvent.selectOptions(screen.getByLabelText('Sort by'), label);
    expect(onChange).toHaveBeenCalledWith({ ...values, orderBy });
  });

  it('limits the search text to what the backend accepts', async () => {
    const onChange = await setUp();
    const search = screen.getByLabelText('Search');
    expect(search).toHaveAttribute('maxlength', '200');
    fireEvent.change(search, { target: { value: 'ci' } });
    expect(onChange).toHaveBeenCalledWith({ ...values, search: 'ci' });
  });
});
