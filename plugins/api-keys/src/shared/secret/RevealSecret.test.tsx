import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aKey } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { DialogFrame } from '../dialogs/DialogFrame';
import { RevealSecret } from './RevealSecret';

const created = {
  key: aKey(),
  secret: 'bsk_secret',
  missingOwnership: [],
};

const renderSecret = (onDone = () => {}) =>
  renderWithApis(
    <DialogFrame id="api-keys-test" onClose={() => {}}>
      <RevealSecret created={created} onDone={onDone} />
    </DialogFrame>,
  );

describe('RevealSecret', () => {
  it('shows the secret and says that it is shown only once', async () => {
    renderSecret();
    expect(await screen.findByLabelText('Secret')).toHaveValue('bsk_secret');
    expect(
      screen.getByText(/only time that the secret is shown/),
    ).toBeVisible();
    expect(screen.getByLabelText('Secret')).toHaveFocus();
  });

  it('shows snippets that use it', async () => {
    renderSecret();
    expect(
      await screen.findByLabelText('curl', { selector: 'textarea' }),
    ).toHaveValue(
      'curl -H "Authorization: Bearer bsk_secret" "https://portal.example.com/api/catalog/entities?limit=5"',
    );
  });

  it('calls onDone when the user has stored the secret', async () => {
    const onDone = jest.fn();
    renderSecret(onDone);
    await userEvent.click(
      await screen.findByRole('button', { name: 'I have stored it' }),
    );
    expect(onDone).toHaveBeenCalledTimes(1);
  });
});
