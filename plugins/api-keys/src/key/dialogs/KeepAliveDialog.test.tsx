import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { KeepAliveDialog } from './KeepAliveDialog';

async function setUp(key: Partial<ApiKey> = {}) {
  const apiKey = aKey({ inactivityTimeout: 'P30D', ...key });
  const api = new FakeApiKeysApi([apiKey]);
  const onSaved = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <KeepAliveDialog apiKey={apiKey} onSaved={onSaved} onClose={onClose} />,
    { api },
  );
  await screen.findByRole('dialog', { name: 'Keep “CI deploy” alive?' });
  return { api, onSaved, onClose, user: userEvent.setup() };
}

const submit = () => screen.getByRole('button', { name: 'Keep alive' });

describe('KeepAliveDialog', () => {
  it.each<[ApiKey['status'], string]>([
    ['active', 'stays active for another 30 days without use'],
    ['inactive', 'brings it back for another 30 days without use'],
  ])('explains the effect on a key that is %s', async (status, text) => {
    await setUp({ status });
    expect(screen.getByRole('dialog')).toHaveTextContent(text);
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'Its expiry stays where it is',
    );
  });

  it('keeps the key alive', async () => {
    const { api, onSaved, onClose, user } = await setUp();
    await user.click(submit());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(api.callsOf('keepKeyAlive')).toEqual([['k1']]);
    expect(onSaved).toHaveBeenCalledTimes(1);
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onClose, user } = await setUp();
    const message = 'ada has 50 API keys, and may have 50';
    api.fail('keepKeyAlive', await refusal(409, 'ConflictError', message));
    await user.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
    expect(onClose).not.toHaveBeenCalled();
  });
});
