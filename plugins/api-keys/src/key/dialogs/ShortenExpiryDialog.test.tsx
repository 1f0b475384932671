import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey, UpdateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ShortenExpiryDialog } from './ShortenExpiryDialog';

const dayIn = (days: number) =>
  DateTime.now().plus({ days }).toFormat('yyyy-MM-dd');

async function setUp(key: Partial<ApiKey> = {}) {
  const apiKey = aKey(key);
  const api = new FakeApiKeysApi([apiKey]);
  const onSaved = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <ShortenExpiryDialog apiKey={apiKey} onSaved={onSaved} onClose={onClose} />,
    { api },
  );
  await screen.findByRole('dialog', {
    name: 'When should “CI deploy” end instead?',
  });
  return { api, onSaved, onClose, user: userEvent.setup() };
}

const pick = (days: number) =>
  fireEvent.change(screen.getByLabelText(/Last day/), {
    target: { value: dayIn(days) },
  });
const submit = () => screen.getByRole('button', { name: 'Shorten expiry' });

describe('ShortenExpiryDialog', () => {
  it('shows the expiry and that it can only move earlier', async () => {
    await setUp();
    expect(screen.getByRole('dialog')).toHaveTextContent(
      /It expires on .* can end earlier, but not later/,
    );
    expect(submit()).toBeDisabled();
  });

  it('ends the key on the picked day, and explains the effect', async () => {
    const { api, onSaved, onClose, user } = await setUp();
    pick(10);
    expect(
      screen.getByText(/everything that uses the key is refused with 401/),
    ).toBeInTheDocument();
    await user.click(submit());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    const [[id, request]] = api.callsOf('updateKey');
    const { expiresAt } = request as UpdateApiKeyRequest;
    expect(id).toBe('k1');
    expect(DateTime.fromISO(expiresAt!).toISO()).toBe(
      DateTime.fromISO(dayIn(10)).endOf('day').toISO(),
    );
    expect(onSaved).toHaveBeenCalledTimes(1);
  });

  it('sets an expiry for a key without one', async () => {
    const { api, user } = await setUp({ expiresAt: null });
    expect(screen.getByRole('dialog')).toHaveTextContent('It does not expire.');
    pick(1000);
    await user.click(submit());
    expect(api.callsOf('updateKey')).toHaveLength(1);
  });

  it.each([
    [0, /Pick tomorrow/],
    [88, /Keys may last until/],
  ])('rejects a day in %p days', async (days, text) => {
    await setUp();
    pick(days);
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(submit()).toBeDisabled();
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onClose, user } = await setUp();
    api.fail('updateKey', await refusal(409, 'ConflictError', 'Revoked'));
    pick(10);
    await user.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent('Revoked');
    expect(onClose).not.toHaveBeenCalled();
  });
});
