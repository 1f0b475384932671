import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { SetExpiryDialog } from './SetExpiryDialog';

const KEY = aKey();
const dayIn = (days: number) =>
  DateTime.now().plus({ days }).toFormat('yyyy-MM-dd');

async function setUp(api = new FakeApiKeysApi([KEY]), apiKey = KEY) {
  const onSaved = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <SetExpiryDialog apiKey={apiKey} onSaved={onSaved} onClose={onClose} />,
    { api },
  );
  await screen.findByRole('dialog', {
    name: 'When should “CI deploy” expire?',
  });
  return { api, onSaved, onClose, user: userEvent.setup() };
}

const pick = async (days: number) =>
  fireEvent.change(await screen.findByLabelText(/Last day/), {
    target: { value: dayIn(days) },
  });
const submit = () => screen.getByRole('button', { name: 'Change expiry' });

describe('SetExpiryDialog', () => {
  it('shows the expiry and the maximum lifetime', async () => {
    await setUp();
    expect(
      await screen.findByText(/^It expires on .* live for 365 days at most/),
    ).toBeInTheDocument();
    expect(submit()).toBeDisabled();
    expect(screen.queryByLabelText('Expiry')).not.toBeInTheDocument();
  });

  it('sets the end of the picked day', async () => {
    const { api, onSaved, onClose, user } = await setUp();
    await pick(10);
    await user.click(submit());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    const [[id, expiresAt]] = api.callsOf('setKeyExpiry');
    expect(id).toBe(KEY.id);
    expect(DateTime.fromISO(expiresAt as string).toISO()).toBe(
      DateTime.fromISO(dayIn(10)).endOf('day').toISO(),
    );
    expect(onSaved).toHaveBeenCalled();
  });

  it.each([
    [0, /Pick tomorrow/],
    [500, /Keys may last until/],
  ])('rejects a day in %p days', async (days, text) => {
    await setUp();
    await pick(days);
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(submit()).toBeDisabled();
  });

  it('removes the expiry if the policy allows it', async () => {
    const api = new FakeApiKeysApi([KEY]);
    await api.setOwnerPolicy(KEY.owner, { lifetime: { allowUnlimited: true } });
    const { user } = await setUp(api);
    await user.selectOptions(
      await screen.findByLabelText('Expiry'),
      'No expiry',
    );
    await user.click(submit());
    await waitFor(() =>
      expect(api.callsOf('setKeyExpiry')).toEqual([[KEY.id, null]]),
    );
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onClose, user } = await setUp();
    api.fail('setKeyExpiry', await refusal(409, 'ConflictError', 'Revoked'));
    await pick(10);
    await user.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent('Revoked');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('shows a load error of the policy and retries', async () => {
    const api = new FakeApiKeysApi([KEY]);
    api.fail('getOwnerPolicy', await refusal(503, 'Error', 'Away'));
    const { user } = await setUp(api);
    expect(await screen.findByRole('alert')).toHaveTextContent('Away');
    api.fail('getOwnerPolicy', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByLabelText(/Last day/)).toBeInTheDocument();
  });
});
