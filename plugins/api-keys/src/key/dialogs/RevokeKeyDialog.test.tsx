import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { RevokeKeyDialog } from './RevokeKeyDialog';

async function setUp(
  key: Partial<ApiKey> = {},
  api = new FakeApiKeysApi([aKey(key)]),
  leaked = false,
) {
  const apiKey = aKey(key);
  const onRevoked = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <RevokeKeyDialog
      apiKey={apiKey}
      leaked={leaked}
      onRevoked={onRevoked}
      onClose={onClose}
    />,
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

  it('shows the time of the last use without a recorded address', async () => {
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

  describe('of a key that was rotated', () => {
    const made = aKey({
      id: 'k2',
      name: 'nightly',
      hint: 'aB3d',
      familyId: 'k1',
      predecessorId: 'k1',
      rotatedBy: 'key',
      createdAt: fromNow({ hours: -2 }),
    });
    const also = (...items: ApiKey[]) => ({ items, totalItems: items.length });

    it.each([false, true])(
      'names the successors that are revoked as well, before and after (leaked: %s)',
      async leaked => {
        const api = new FakeApiKeysApi([aKey(), made]);
        const { onRevoked, user } = await setUp({}, api, leaked);
        await screen.findByText('This also ends 1 other key:');
        expect(screen.getByRole('listitem')).toHaveTextContent(
          '“nightly” (…aB3d), which the key made of itself 2 hours ago',
        );
        await user.click(revokeButton());
        await waitFor(() => expect(onRevoked).toHaveBeenCalled());
        expect(onRevoked).toHaveBeenCalledWith(also(made));
      },
    );

    it.each<[string, Partial<ApiKey>, string]>([
      ['may have been made by it', { rotatedBy: null }, 'not recorded'],
      ['its owner made', { rotatedBy: 'owner' }, 'which its owner made'],
      [
        'it comes from',
        { predecessorId: null, rotatedBy: null },
        '“nightly” (…aB3d) of the same rotation',
      ],
    ])('names the origin of a key that %s', async (_, key, text) => {
      const api = new FakeApiKeysApi([aKey()]);
      jest.spyOn(api, 'previewRevocation').mockResolvedValue({
        alsoRevoked: { items: [{ ...made, ...key }], totalItems: 7 },
      });
      await setUp({}, api);
      await screen.findByText('This also ends 7 other keys:');
      const [first, more] = screen.getAllByRole('listitem');
      expect(first).toHaveTextContent(text);
      expect(more).toHaveTextContent('and 6 more');
    });

    it('works without the list of successors, and says so', async () => {
      const api = new FakeApiKeysApi([aKey(), made]);
      api.fail('previewRevocation', await refusal(503, 'Error', 'Away'));
      const { onClose, user } = await setUp({}, api);
      await screen.findByText(/Which ones these are could not be loaded/);
      await user.click(revokeButton());
      await waitFor(() => expect(onClose).toHaveBeenCalled());
    });
  });

  it('revokes nothing when cancelled', async () => {
    const { api, onClose, user } = await setUp();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalled();
    expect(api.callsOf('revokeKey')).toEqual([]);
  });

  it('stays open and shows an error of the backend', async () => {
    const { api, onRevoked, onClose, user } = await setUp();
    api.fail('revokeKey', await refusal(404, 'NotFoundError', 'No such key'));
    await user.click(revokeButton());
    expect(await screen.findByRole('alert')).toHaveTextContent('No such key');
    expect(onRevoked).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
    expect(revokeButton()).toBeEnabled();
  });
});
