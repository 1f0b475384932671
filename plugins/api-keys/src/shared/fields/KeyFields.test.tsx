import { fireEvent, screen } from '@testing-library/react';
import { SECRET } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { KeyFields } from './KeyFields';

describe('KeyFields', () => {
  it('limits the length and reports changes', async () => {
    const onChange = jest.fn();
    const values = { name: 'CI', description: '' };
    renderWithApis(
      <KeyFields values={values} onChange={onChange} disabled={false} />,
    );
    const name = await screen.findByLabelText(/^Name/);
    const description = screen.getByLabelText(/^Description/);
    expect(name).toHaveFocus();
    expect(name).toBeRequired();
    expect(name).toHaveAttribute('maxlength', '100');
    expect(description).toHaveAttribute('maxlength', '1000');
    fireEvent.change(name, { target: { value: 'CD' } });
    expect(onChange).toHaveBeenLastCalledWith({ ...values, name: 'CD' });
    fireEvent.change(description, { target: { value: 'd' } });
    expect(onChange).toHaveBeenLastCalledWith({ ...values, description: 'd' });
  });

  it.each(['name', 'description'])(
    'shows an error if the %s contains a secret',
    async field => {
      const values = { name: 'CI', description: '', [field]: `of ${SECRET}` };
      renderWithApis(
        <KeyFields values={values} onChange={() => {}} disabled={false} />,
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'This contains the secret of an API key. Remove it, and revoke the key if others may have seen it.',
      );
      const labels = { name: /^Name/, description: /^Description/ };
      expect(
        screen.getByLabelText(labels[field as keyof typeof labels]),
      ).toBeInvalid();
    },
  );
});
