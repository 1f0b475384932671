import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { RotateKeyDialog } from './RotateKeyDialog';

async function setUp(key: Partial<ApiKey> = {}) {
  const apiKey = aKey(key);
  const api = new FakeApiKeysApi([apiKey]);
  const onRotated = jest.fn();
  const onClose = jest.fn();
  renderWithApis(
    <RotateKeyDialog apiKey={apiKey} onRotated={onRotated} onClose={onClose} />,
    { api },
  );
  await screen.findByRole('dialog', { name: 'Rotate “CI deploy”?' });
  return { api, onRotated, onClose, user: userEvent.setup() };
}

const submit = () => screen.getByRole('button', { name: 'Rotate key' });

describe('RotateKeyDialog', () => {
  it('keeps the old secret until the new one is used, and shows the latest end', async () => {
    const { api, onRotated, onClose, user } = await setUp();
    expect(
      await screen.findByText(/until the new one is first used, or until/),
    ).toBeInTheDocument();
    await user.click(submit());
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    expect(api.callsOf('rotateKey')).toEqual([
      ['k1', { overlap: 'until-first-use' }],
    ]);
    expect(onRotated).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(onClose).toHaveBeenCalledWith(true);
  });

  it('ends the old secret at once if requested', async () => {
    const { api, user } = await setUp();
    await user.click(
      screen.getByRole('radio', { name: 'End the old secret now' }),
    );
    expect(screen.getByText(/is refused with 401 at once/)).toBeInTheDocument();
    await user.click(submit());
    await screen.findByLabelText('Secret');
    expect(api.callsOf('rotateKey')).toEqual([
      ['k1', { overlap: 'immediately' }],
    ]);
  });

  it('shows the last use of the old secret', async () => {
    await setUp({ lastUsedAt: fromNow({ minutes: -3 }) });
    expect(screen.getByText(/was last used:/)).toHaveTextContent(
      '3 minutes ago',
    );
  });

  it('says if the old secret was never used', async () => {
    await setUp({ lastUsedAt: null });
    expect(
      screen.getByText('The old secret was never used.'),
    ).toBeInTheDocument();
  });

  it('creates one successor however often the button is pressed', async () => {
    const { api, onClose, user } = await setUp();
    const release = api.hold('rotateKey');
    fireEvent.click(submit());
    fireEvent.click(submit());
    await waitFor(() => expect(submit()).toBeDisabled());
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    release();
    await screen.findByLabelText('Secret');
    expect(api.callsOf('rotateKey')).toHaveLength(1);
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onRotated, user } = await setUp();
    api.fail('rotateKey', await refusal(409, 'ConflictError', 'Revoked'));
    await user.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent('Revoked');
    expect(onRotated).not.toHaveBeenCalled();
  });

  it('says that a retry is safe if the response was lost', async () => {
    const { api, user } = await setUp();
    api.fail('rotateKey', new TypeError('Failed to fetch'));
    await user.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You can try again',
    );
  });
});
