import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy, refusal, SECRET } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

async function setUp(policy: ApiKeyPolicy = aPolicy()) {
  const api = new FakeApiKeysApi([], policy);
  const onCreated = jest.fn();
  const onClose = jest.fn();
  renderWithApis(<CreateKeyDialog onCreated={onCreated} onClose={onClose} />, {
    api,
  });
  await screen.findByLabelText('Expiry');
  return { api, onCreated, onClose, user: userEvent.setup() };
}

/** Material UI listens on the box that centres the dialog. */
const besideDialog = () => {
  const { parentElement } = screen.getByRole('dialog');
  if (!parentElement) throw new Error('The dialog stands alone');
  return parentElement;
};
const submitButton = () => screen.getByRole('button', { name: 'Create key' });

describe('CreateKeyDialog', () => {
  it('creates the key and shows its secret', async () => {
    const { api, onCreated, user } = await setUp();
    expect(screen.getByLabelText(/^Name/)).toHaveFocus();
    await user.keyboard('  CI deploy ');
    await user.type(screen.getByLabelText(/^Description/), 'Nightly');
    await user.selectOptions(screen.getByLabelText('Expiry'), '30 days');
    await user.click(submitButton());

    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    expect(onCreated).toHaveBeenCalledTimes(1);
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI deploy', description: 'Nightly', expiresIn: 'P30D' }],
    ]);
  });

  it('sums up the expiry and rights', async () => {
    const { user } = await setUp();
    const end = DateTime.now().plus({ days: 30 }).setLocale('en-US');
    await user.selectOptions(screen.getByLabelText('Expiry'), '30 days');
    const sentence = screen.getByText(/The key works until/);
    expect(sentence).toHaveTextContent(end.toFormat('cccc, LLLL d, yyyy'));
    expect(sentence).toHaveTextContent('can do everything that you can do');
  });

  it.each([/^Name/, /^Description/])('sends no secret as %s', async label => {
    const { user } = await setUp();
    await user.keyboard('CI');
    const field = screen.getByLabelText(label);
    fireEvent.change(field, { target: { value: `of ${SECRET}` } });
    expect(screen.getByRole('alert')).toHaveTextContent(/^This contains/);
    expect(submitButton()).toBeDisabled();
    fireEvent.change(field, { target: { value: 'of CI' } });
    expect(submitButton()).toBeEnabled();
  });

  it('requires a name that is not blank', async () => {
    const { user } = await setUp();
    expect(submitButton()).toBeDisabled();
    await user.keyboard('   ');
    expect(submitButton()).toBeDisabled();
    await user.keyboard('x');
    expect(submitButton()).toBeEnabled();
    expect(screen.getByLabelText(/^Name/)).toHaveAttribute('maxlength', '100');
  });

  it('creates one key however often the button is pressed', async () => {
    const { api, onClose, user } = await setUp();
    const release = api.hold('createKey');
    await user.keyboard('CI');
    const button = submitButton();
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.submit(screen.getByLabelText(/^Name/));
    await waitFor(() => expect(button).toBeDisabled());
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    release();
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toHaveLength(1);
  });

  it('resolves a picked date to the end of that day', async () => {
    const { api, user } = await setUp();
    await user.keyboard('CI');
    await user.selectOptions(screen.getByLabelText('Expiry'), 'Pick a date');
    const day = DateTime.now().plus({ days: 5 });
    fireEvent.change(screen.getByLabelText(/Last day/), {
      target: { value: day.toFormat('yyyy-MM-dd') },
    });
    await user.click(submitButton());
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', expiresAt: day.endOf('day').toUTC().toISO() }],
    ]);
  });

  it('does not send a date that the policy forbids', async () => {
    const { user } = await setUp();
    await user.keyboard('CI');
    await user.selectOptions(screen.getByLabelText('Expiry'), 'Pick a date');
    fireEvent.change(screen.getByLabelText(/Last day/), {
      target: { value: DateTime.now().toFormat('yyyy-MM-dd') },
    });
    expect(screen.getByText('Pick tomorrow or a later day.')).toBeVisible();
    expect(submitButton()).toBeDisabled();
  });

  it('creates a key without expiry if that is allowed', async () => {
    const { api, user } = await setUp(
      aPolicy({ lifetime: { allowUnlimited: true } }),
    );
    await user.keyboard('CI');
    await user.selectOptions(screen.getByLabelText('Expiry'), 'No expiry');
    expect(screen.getByText(/works until you revoke it/)).toBeVisible();
    await user.click(submitButton());
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', expiresAt: null }],
    ]);
  });

  it.each([
    [400, 'InputError', 'Invalid request: name is too long'],
    [403, 'NotAllowedError', 'You may not create API keys'],
    [409, 'ConflictError', 'You have 50 of 50 keys'],
    [503, 'ServiceUnavailableError', 'The database is away'],
  ])('shows the message of a %s and keeps the values', async (...args) => {
    const { api, onCreated, user } = await setUp();
    api.fail('createKey', await refusal(...args));
    await user.keyboard('CI');
    await user.click(submitButton());
    expect(await screen.findByRole('alert')).toHaveTextContent(args[2]);
    expect(screen.getByLabelText(/^Name/)).toHaveValue('CI');
    expect(onCreated).not.toHaveBeenCalled();

    api.fail('createKey', undefined);
    await user.click(submitButton());
    expect(await screen.findByLabelText('Secret')).toBeVisible();
  });

  it('warns that the key may exist if the response was lost', async () => {
    const { api, user } = await setUp();
    api.fail('createKey', new TypeError('Failed to fetch'));
    await user.keyboard('CI');
    await user.click(submitButton());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The backend could not be reached');
    expect(alert).toHaveTextContent('may have been made all the same');
  });

  it('never shows an unreadable response, which can contain a secret', async () => {
    const { api, user } = await setUp();
    api.fail('createKey', new SyntaxError('Unexpected token: "bsk_abc"'));
    await user.keyboard('CI');
    await user.click(submitButton());
    expect(await screen.findByRole('alert')).not.toHaveTextContent('bsk_');
  });

  it('warns at the limit of keys', async () => {
    await setUp(aPolicy({ limits: { keysPerOwner: 5, keysInUse: 5 } }));
    expect(screen.getByRole('alert')).toHaveTextContent(
      'You have reached your limit of 5 working keys.',
    );
  });

  it('explains once that keys are not allowed, and blocks submitting', async () => {
    const cannotCreateReason = 'user:default/ada may have no API keys.';
    const { api, user } = await setUp(
      aPolicy({
        limits: { keysPerOwner: 0, keysInUse: 0 },
        cannotCreateReason,
      }),
    );
    await user.keyboard('CI');
    expect(screen.getByRole('alert')).toHaveTextContent(
      `No key can be made here. ${cannotCreateReason}`,
    );
    expect(submitButton()).toBeDisabled();
    expect(api.callsOf('createKey')).toEqual([]);
  });

  it('does not warn below the limit of keys', async () => {
    await setUp(aPolicy({ limits: { keysPerOwner: 5, keysInUse: 4 } }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('offers to load the limits again if that failed', async () => {
    const api = new FakeApiKeysApi();
    api.fail('getPolicy', await refusal(503, 'Error', 'The database is away'));
    renderWithApis(
      <CreateKeyDialog onCreated={() => {}} onClose={() => {}} />,
      {
        api,
      },
    );
    const user = userEvent.setup();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    await user.type(screen.getByLabelText(/^Name/), 'CI');
    expect(submitButton()).toBeDisabled();
    api.fail('getPolicy', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByLabelText('Expiry')).toBeVisible();
    expect(screen.getByLabelText(/^Name/)).toHaveValue('CI');
  });

  it('closes on Escape and Cancel, but not on a click beside it', async () => {
    const { onClose, user } = await setUp();
    await user.click(besideDialog());
    expect(onClose).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenLastCalledWith(false);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it('closes only when the user confirms that the secret is stored', async () => {
    const { onClose, user } = await setUp();
    await user.keyboard('CI');
    await user.click(submitButton());
    await screen.findByLabelText('Secret');
    await user.keyboard('{Escape}');
    await user.click(besideDialog());
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(onClose).toHaveBeenCalledWith(true);
  });
});
