import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../../../__testUtils__/keys';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import { KeyTarget } from '../keyTarget';
import { RevokeKeysDialog } from './RevokeKeysDialog';

const OWNERS = ['ada', 'linus', 'grace', 'edsger', 'barbara'];
const KEYS = OWNERS.map(name =>
  aKey({ id: name, owner: `user:default/${name}` }),
);

const MANY = Array.from({ length: 450 }, (_, i) => aKey({ id: `k${i}` }));

async function setUp(target: KeyTarget, api = new FakeApiKeysApi(KEYS)) {
  const onRevoked = jest.fn();
  const onClose = jest.fn();
  renderWithApis(
    <RevokeKeysDialog
      target={target}
      onRevoked={onRevoked}
      onClose={onClose}
    />,
    { api },
  );
  await screen.findByRole('dialog');
  return { api, onRevoked, onClose, user: userEvent.setup() };
}

const submit = () => screen.findByRole('button', { name: /^Revoke \d/ });
const written = (api: FakeApiKeysApi) =>
  api
    .callsOf('revokeKeys')
    .map(([request]) => request)
    .filter(request => !(request as { dryRun?: boolean }).dryRun);

describe('RevokeKeysDialog', () => {
  it('shows the number and owners of the selected keys', async () => {
    await setUp({ keys: KEYS.slice(0, 2) });
    expect(
      await screen.findByRole('dialog', { name: 'Revoke 2 keys?' }),
    ).toHaveTextContent('They belong to user:default/ada, user:default/linus.');
    expect(screen.getByRole('dialog')).toHaveTextContent('cannot be undone');
  });

  it('names only a few of many owners', async () => {
    await setUp({ keys: KEYS });
    expect(
      await screen.findByText(/user:default\/grace and 2 other owners\./),
    ).toBeInTheDocument();
  });

  it.each([
    [{ q: 'CI' }, 'Revoke 5 keys?', /whoever owns them/],
    [
      { owner: 'user:default/ada' },
      'Revoke 1 key?',
      'They belong to user:default/ada.',
    ],
  ])('counts the keys that match %p', async (filter, name, whose) => {
    await setUp({ filter });
    await screen.findByRole('dialog', { name });
    expect(screen.getByText(whose)).toBeInTheDocument();
  });

  it('revokes once, with the picked reason, and shows the result', async () => {
    const { api, onRevoked, onClose, user } = await setUp({
      filter: { q: 'CI' },
    });
    await user.selectOptions(
      await screen.findByLabelText('Reason'),
      'The owner left',
    );
    const button = await submit();
    fireEvent.click(button);
    fireEvent.click(button);
    expect(await screen.findByText('5 keys are revoked')).toBeInTheDocument();
    expect(written(api)).toEqual([
      { filter: { q: 'CI' }, reason: 'offboarded', limit: 200 },
    ]);
    expect(onRevoked).toHaveBeenCalledTimes(1);
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it.each<[string, KeyTarget]>([
    ['that match', { filter: { q: 'CI' } }],
    ['that were picked', { keys: MANY }],
  ])(
    'revokes many keys %s in batches and shows progress',
    async (_, target) => {
      const api = new FakeApiKeysApi(MANY);
      await setUp(target, api);
      const button = await submit();
      const first = api.hold('revokeKeys');
      fireEvent.click(button);
      expect(await screen.findByRole('progressbar')).toHaveAccessibleName(
        '0 of 450 revoked',
      );
      first();
      expect(
        await screen.findByText('450 keys are revoked'),
      ).toBeInTheDocument();
      expect(written(api)).toHaveLength(3);
    },
  );

  it('continues after a failure', async () => {
    const api = new FakeApiKeysApi(MANY);
    const { onRevoked } = await setUp({ filter: { q: 'CI' } }, api);
    await submit();
    const revoke = api.revokeKeys.bind(api);
    const failure = await refusal(503, 'Error', 'The database is away');
    jest
      .spyOn(api, 'revokeKeys')
      .mockImplementationOnce(revoke)
      .mockRejectedValueOnce(failure);
    fireEvent.click(await submit());
    expect(await screen.findByRole('alert')).toHaveTextContent('is away');
    expect(screen.getByText('200 of 450 revoked')).toBeInTheDocument();
    expect(onRevoked).toHaveBeenCalledTimes(1);
    fireEvent.click(await submit());
    expect(await screen.findByText('450 keys are revoked')).toBeInTheDocument();
  });

  it('shows how many were revoked already', async () => {
    const { api } = await setUp({ keys: KEYS });
    await submit();
    jest.spyOn(api, 'revokeKeys').mockResolvedValue({
      matched: 5,
      revoked: 4,
      alsoRevoked: { items: [], totalItems: 0 },
    });
    fireEvent.click(await submit());
    expect(await screen.findByText('4 keys are revoked')).toBeInTheDocument();
    expect(
      screen.getByText('1 key was revoked by somebody else meanwhile.'),
    ).toBeInTheDocument();
  });

  it('names the successors that are revoked as well, before and after', async () => {
    const [k, c] = [
      aKey({ id: 'k', name: 'asked' }),
      aKey({ id: 'c', name: 'made', predecessorId: 'k', rotatedBy: 'key' }),
    ];
    await setUp({ keys: [k] }, new FakeApiKeysApi([k, c]));
    await screen.findByText('This also ends 1 other key:');
    expect(screen.getByRole('listitem')).toHaveTextContent('“made”');
    fireEvent.click(await submit());
    expect(await screen.findByText('1 key is revoked')).toBeInTheDocument();
    await screen.findByText('1 other key has ended with it:');
    expect(screen.getByRole('listitem')).toHaveTextContent('“made”');
  });

  it('revokes nothing when cancelled', async () => {
    const { api, onClose, user } = await setUp({ keys: KEYS });
    await submit();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalled();
    expect(written(api)).toEqual([]);
  });

  it('disables the button if no key is left', async () => {
    await setUp({ filter: { owner: 'user:default/nobody' } });
    expect(await screen.findByText(/None of these keys/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Revoke keys' })).toBeDisabled();
  });

  it('disables the button if the count failed', async () => {
    const api = new FakeApiKeysApi(KEYS);
    api.fail('revokeKeys', await refusal(503, 'Error', 'The database is away'));
    const { user } = await setUp({ keys: KEYS }, api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    expect(screen.getByRole('button', { name: 'Revoke keys' })).toBeDisabled();
    api.fail('revokeKeys', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await submit()).toBeEnabled();
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onRevoked } = await setUp({ keys: KEYS });
    const button = await submit();
    api.fail('revokeKeys', await refusal(403, 'NotAllowedError', 'Forbidden'));
    fireEvent.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent('Forbidden');
    expect(onRevoked).not.toHaveBeenCalled();
    await waitFor(() => expect(button).toBeEnabled());
  });
});
