import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { RevokeKeyDialog } from '.';

async function setUp(key: Partial<ApiKey> = {}) {
  const apiKey = aKey(key);
  const api = new FakeApiKeysApi([apiKey]);
  const onRevoked = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <RevokeKeyDialog apiKey={apiKey} onRevoked={onRevoked} onClose={onClose} />,
    { api },
  );
  await screen.findByRole('dialog');
  return { api, onRevoked, onClose, user: userEvent.setup() };
}

const revokeButton = () => screen.getByRole('button', { name: 'Revoke key' });

describe('RevokeKeyDialog', () => {
  it('names the key and says what stops working', async () => {
    await setUp({ lastUsedAt: fromNow({ hours: -3 }), lastUsedIp: '10.0.0.7' });
    const dialog = screen.getByRole('dialog', { name: 'Revoke “CI deploy”?' });
    expect(dialog).toHaveTextContent('ends in x7Kq');
    expect(dialog).toHaveTextContent('refused with 401 at once');
    expect(dialog).toHaveTextContent('cannot be undone');
    expect(dialog).toHaveTextContent(
      'It was last used 3 hours ago from 10.0.0.7.',
    );
  });

  it('says of a key without a recorded address only when it was used', async () => {
    await setUp({ lastUsedAt: fromNow({ hours: -3 }) });
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'It was last used 3 hours ago.',
    );
  });

  it('says that a key was never used', async () => {
    await setUp();
    expect(screen.getByText('The key was never used.')).toBeVisible();
  });

  it('revokes once, however often the button is pressed, and then closes', async () => {
    const { api, onRevoked, onClose } = await setUp();
    const button = revokeButton();
    fireEvent.click(button);
    fireEvent.click(button);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRevoked).toHaveBeenCalledTimes(1);
    expect(api.callsOf('revokeKey')).toEqual([['k1']]);
  });

  it('revokes nothing when it is cancelled', async () => {
    const { api, onClose, user } = await setUp();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalled();
    expect(api.callsOf('revokeKey')).toEqual([]);
  });

  it('stays open and says why if the backend refuses', async () => {
    const { api, onRevoked, onClose, user } = await setUp();
    api.fail('revokeKey', await refusal(404, 'NotFoundError', 'No such key'));
    await user.click(revokeButton());
    expect(await screen.findByRole('alert')).toHaveTextContent('No such key');
    expect(onRevoked).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
    expect(revokeButton()).toBeEnabled();
  });
});
