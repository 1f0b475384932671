import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../../../__testUtils__/keys';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import { KeyTarget } from '../keyTarget';
import { TransferKeysDialog } from './TransferKeysDialog';

const TEAM_A = 'group:default/team-a';
const CI = aKey({ id: 'ci', name: 'CI' });
const CD = aKey({ id: 'cd', name: 'CD', owner: 'user:default/linus' });
const OLD = aKey({ id: 'old', name: 'Old', status: 'revoked' });

async function setUp(
  target: KeyTarget,
  api = new FakeApiKeysApi([CI, CD, OLD]),
) {
  const onTransferred = jest.fn();
  const onClose = jest.fn();
  renderWithApis(
    <TransferKeysDialog
      target={target}
      onTransferred={onTransferred}
      onClose={onClose}
    />,
    { api },
  );
  await screen.findByRole('dialog');
  return { api, onTransferred, onClose, user: userEvent.setup() };
}

const group = () => screen.findByLabelText('Group');
const submit = (name: string | RegExp = /^Transfer /) =>
  screen.findByRole('button', { name });
const pick = async (ref = 'team-a') =>
  userEvent.type(await group(), `${ref}{Enter}`);
const written = (api: FakeApiKeysApi) =>
  api
    .callsOf('transferKeys')
    .map(([request]) => request)
    .filter(request => !(request as { dryRun?: boolean }).dryRun);

describe('TransferKeysDialog', () => {
  it.each<[string, KeyTarget, RegExp]>([
    [
      'Transfer “CI” to a group?',
      { keys: [CI] },
      /It belongs to user:default\/ada\./,
    ],
    [
      'Transfer 2 keys to a group?',
      { keys: [CI, CD] },
      /They belong to user:default\/ada, user:default\/linus\./,
    ],
    [
      'Transfer keys to a group?',
      { filter: { ownerMissing: true } },
      /all keys that match the filters/,
    ],
  ])('asks: %s', async (name, target, whose) => {
    await setUp(target);
    expect(await screen.findByRole('dialog', { name })).toHaveTextContent(
      whose,
    );
    expect(await submit('Transfer keys')).toBeDisabled();
  });

  it('sends no request before a group is picked', async () => {
    const { api } = await setUp({ keys: [CI] });
    await group();
    expect(api.callsOf('transferKeys')).toEqual([]);
  });

  it('finds groups by name, but no users', async () => {
    const { user } = await setUp({ keys: [CI] });
    await user.type(await group(), 'a');
    expect(
      await screen.findByRole('option', { name: /^Team A · Bookings/ }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.click(screen.getByRole('option'));
    expect(await group()).toHaveValue(TEAM_A);
  });

  it('explains the effect on the group, the owner and the secret', async () => {
    await setUp({ keys: [CI] });
    await pick();
    await submit('Transfer 1 key');
    const texts = within(screen.getByRole('dialog'))
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(texts).toEqual([
      `It keeps working with the same secret, but as ${TEAM_A} and with the rights of the group.`,
      'user:default/ada loses it: from then on, the members of the group see and manage it.',
      'Whoever knows the secret still does: the group should rotate the key.',
    ]);
    expect(screen.getByText(`1 key goes to ${TEAM_A}.`)).toBeInTheDocument();
  });

  it('transfers once and shows the result', async () => {
    const { api, onTransferred, onClose, user } = await setUp({
      keys: [CI, CD],
    });
    await pick();
    const button = await submit('Transfer 2 keys');
    fireEvent.click(button);
    fireEvent.click(button);
    expect(
      await screen.findByRole('dialog', { name: '2 keys are transferred' }),
    ).toHaveTextContent(/ask the group to rotate them/);
    expect(written(api)).toEqual([{ ids: ['ci', 'cd'], owner: TEAM_A }]);
    expect(api.keys.map(({ owner }) => owner)).toEqual([
      TEAM_A,
      TEAM_A,
      'user:default/ada',
    ]);
    expect(onTransferred).toHaveBeenCalledTimes(1);
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('transfers all keys that match a filter', async () => {
    const api = new FakeApiKeysApi([CI, CD]);
    api.facts.ownerMissing = ['cd'];
    await setUp({ filter: { ownerMissing: true } }, api);
    await pick();
    fireEvent.click(await submit('Transfer 1 key'));
    await screen.findByText('1 key is transferred');
    expect(written(api)).toEqual([
      { filter: { ownerMissing: true }, owner: TEAM_A },
    ]);
  });

  it('lists refused keys by reason, before and after', async () => {
    await setUp({ keys: [CI, OLD] });
    await pick();
    const button = await submit('Transfer 1 key');
    const why =
      /1 key stays where it is:The API key is revoked and cannot be transferred any more: Old/;
    expect(screen.getByRole('dialog')).toHaveTextContent(why);
    fireEvent.click(button);
    expect(
      await screen.findByRole('dialog', { name: '1 key is transferred' }),
    ).toHaveTextContent(why);
  });

  it('shows ids of refused keys that are not loaded, and only a few', async () => {
    const { api } = await setUp({ filter: { q: 'C' } });
    const refused = Array.from({ length: 7 }, (_, i) => ({
      id: `${i}234567890`,
      reason: 'No room',
    }));
    jest
      .spyOn(api, 'transferKeys')
      .mockResolvedValue({ matched: 9, transferred: 0, refused });
    await pick();
    expect(await submit('Transfer 2 keys')).toBeEnabled();
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'No room: 02345678…, 12345678…, 22345678…, 32345678…, 42345678… and 2 more',
    );
  });

  it('shows bounds if the list of refusals is full', async () => {
    const { api } = await setUp({ filter: { q: 'C' } });
    const refused = Array.from({ length: 100 }, (_, i) => ({
      id: `${i}`,
      reason: 'No room',
    }));
    jest
      .spyOn(api, 'transferKeys')
      .mockResolvedValue({ matched: 300, transferred: 0, refused });
    await pick();
    expect(
      await screen.findByText(`At most 200 keys go to ${TEAM_A}.`),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/At least 100 keys stay where they are/),
    ).toBeInTheDocument();
    expect(await submit('Transfer keys')).toBeEnabled();
  });

  it('disables the button if no key can be transferred', async () => {
    await setUp({ keys: [OLD] });
    await pick();
    expect(
      await screen.findByText('None of these keys can be transferred.'),
    ).toBeInTheDocument();
    expect(await submit('Transfer keys')).toBeDisabled();
  });

  it('rejects a user as the new owner', async () => {
    const { api } = await setUp({ keys: [CI] });
    await pick('user:linus');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Keys are never given to a person/,
    );
    expect(api.callsOf('transferKeys')).toEqual([]);
    expect(await submit('Transfer keys')).toBeDisabled();
  });

  it('shows why a group is refused and accepts another one', async () => {
    const api = new FakeApiKeysApi([CI]);
    api.fail(
      'transferKeys',
      await refusal(400, 'InputError', 'owner must be in the catalog'),
    );
    const { user } = await setUp({ keys: [CI] }, api);
    await pick('nobody');
    expect(
      await screen.findByText('owner must be in the catalog'),
    ).toBeInTheDocument();
    expect(await submit('Transfer keys')).toBeDisabled();
    api.fail('transferKeys', undefined);
    await user.clear(await group());
    await pick();
    expect(await submit('Transfer 1 key')).toBeEnabled();
    expect(screen.queryByText('owner must be in the catalog')).toBeNull();
  });

  it('retries a failed preview', async () => {
    const api = new FakeApiKeysApi([CI]);
    api.fail('transferKeys', await refusal(503, 'Error', 'Away'));
    const { user } = await setUp({ keys: [CI] }, api);
    await pick();
    await screen.findByText('Away');
    api.fail('transferKeys', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await submit('Transfer 1 key')).toBeEnabled();
  });

  it('does not show the preview of another group', async () => {
    const { api, user } = await setUp({ keys: [CI] });
    await pick();
    await submit('Transfer 1 key');
    const release = api.hold('transferKeys');
    await user.clear(await group());
    await pick('team-b');
    expect(await submit('Transfer keys')).toBeDisabled();
    release();
    expect(
      await screen.findByText('1 key goes to group:default/team-b.'),
    ).toBeInTheDocument();
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onTransferred } = await setUp({ keys: [CI] });
    await pick();
    const button = await submit('Transfer 1 key');
    api.fail(
      'transferKeys',
      await refusal(403, 'NotAllowedError', 'Forbidden'),
    );
    fireEvent.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent('Forbidden');
    // Some may have been transferred all the same.
    expect(onTransferred).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(button).toBeEnabled());
  });

  it('transfers nothing when cancelled', async () => {
    const { api, onClose, user } = await setUp({ keys: [CI] });
    await pick();
    await submit('Transfer 1 key');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalled();
    expect(written(api)).toEqual([]);
  });
});
