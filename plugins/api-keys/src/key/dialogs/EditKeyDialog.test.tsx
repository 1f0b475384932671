import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal, SECRET } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { EditKeyDialog } from './EditKeyDialog';

async function setUp() {
  const apiKey = aKey({ description: 'Nightly' });
  const api = new FakeApiKeysApi([apiKey]);
  const onSaved = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <EditKeyDialog apiKey={apiKey} onSaved={onSaved} onClose={onClose} />,
    { api },
  );
  const name = await screen.findByLabelText(/^Name/);
  return { api, onSaved, onClose, name, user: userEvent.setup() };
}

const saveButton = () => screen.getByRole('button', { name: 'Save' });

describe('EditKeyDialog', () => {
  it('starts with the values of the key', async () => {
    const { name } = await setUp();
    expect(name).toHaveValue('CI deploy');
    expect(name).toHaveFocus();
    expect(screen.getByLabelText(/^Description/)).toHaveValue('Nightly');
  });

  it('sends only changed fields', async () => {
    const { api, onSaved, onClose, name, user } = await setUp();
    await user.clear(name);
    await user.type(name, 'Release{Enter}');
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(api.callsOf('updateKey')).toEqual([['k1', { name: 'Release' }]]);
    expect(onSaved).toHaveBeenCalledTimes(1);
  });

  it('removes the description with null', async () => {
    const { api, onClose, user } = await setUp();
    await user.clear(screen.getByLabelText(/^Description/));
    await user.click(saveButton());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(api.callsOf('updateKey')).toEqual([['k1', { description: null }]]);
  });

  it('sends no request without a change', async () => {
    const { api, onClose, user } = await setUp();
    await user.click(saveButton());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(api.callsOf('updateKey')).toEqual([]);
  });

  it('sends no secret', async () => {
    const { api, name, user } = await setUp();
    await user.clear(name);
    await user.paste(SECRET);
    expect(screen.getByRole('alert')).toHaveTextContent(/^This contains/);
    await user.keyboard('{Enter}');
    expect(saveButton()).toBeDisabled();
    expect(api.callsOf('updateKey')).toEqual([]);
  });

  it('requires a name', async () => {
    const { api, name, user } = await setUp();
    await user.clear(name);
    await user.keyboard(' {Enter}');
    expect(saveButton()).toBeDisabled();
    expect(api.callsOf('updateKey')).toEqual([]);
  });

  it('keeps the values if the backend refuses', async () => {
    const { api, onClose, name, user } = await setUp();
    api.fail('updateKey', await refusal(400, 'InputError', 'name is taken'));
    await user.type(name, ' 2{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('name is taken');
    expect(name).toHaveValue('CI deploy 2');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('closes on Escape without a change', async () => {
    const { api, onClose, name, user } = await setUp();
    await user.type(name, ' 2{Escape}');
    expect(onClose).toHaveBeenCalled();
    expect(api.callsOf('updateKey')).toEqual([]);
  });
});
