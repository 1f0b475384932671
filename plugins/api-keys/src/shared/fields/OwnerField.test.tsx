import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { OwnerField } from './OwnerField';

async function setUp(initial = '') {
  const onChange = jest.fn();
  const Controlled = () => {
    const [value, setValue] = useState(initial);
    const change = (next: string) => {
      onChange(next);
      setValue(next);
    };
    return (
      <OwnerField id="owner" label="Owner" value={value} onChange={change} />
    );
  };
  renderWithApis(<Controlled />);
  const field = await screen.findByLabelText('Owner');
  return { onChange, field, user: userEvent.setup() };
}

describe('OwnerField', () => {
  it.each(['{Enter}', '{Tab}'])(
    'applies typed text on %s and shows the full ref',
    async end => {
      const { onChange, field, user } = await setUp();
      await user.type(field, 'gone');
      expect(onChange).not.toHaveBeenCalled();
      await user.keyboard(end);
      expect(onChange.mock.calls).toEqual([['user:default/gone']]);
      expect(field).toHaveValue('user:default/gone');
    },
  );

  it('finds users and groups by name', async () => {
    const { onChange, field, user } = await setUp();
    await user.type(field, 'bookings');
    await user.click(
      await screen.findByRole('option', { name: /^Team A · Bookings/ }),
    );
    expect(onChange.mock.calls).toEqual([['group:default/team-a']]);
    expect(field).toHaveValue('group:default/team-a');
  });

  it('works with the keyboard', async () => {
    const { onChange, field, user } = await setUp();
    await user.type(field, 'brandt');
    await screen.findByRole('option', { name: /Ada Brandt/ });
    expect(screen.getByRole('combobox')).toHaveAttribute(
      'aria-controls',
      screen.getByRole('listbox').id,
    );
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onChange.mock.calls).toEqual([['user:default/ada']]);
  });

  it('can be cleared by its button and by typing', async () => {
    const { onChange, field, user } = await setUp('user:default/ada');
    // The DOM of the tests does not know that it shows with the focus.
    await user.click(screen.getByTitle('Clear'));
    expect(onChange.mock.calls).toEqual([['']]);
    await user.type(field, 'ada{Enter}');
    await user.clear(field);
    await user.tab();
    expect(onChange.mock.calls).toEqual([[''], ['user:default/ada'], ['']]);
  });
});
