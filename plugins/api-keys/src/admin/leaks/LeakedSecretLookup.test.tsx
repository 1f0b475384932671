import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import {
  aKey,
  fromNow,
  refusal,
  SECRET,
  UNKNOWN_SECRET,
} from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { LeakedSecretLookup } from './LeakedSecretLookup';

const USED = { lastUsedAt: fromNow({ hours: -2 }), lastUsedIp: '10.0.0.7' };

const field = () => screen.findByLabelText('Secret, or a text that holds some');

async function setUp(api = new FakeApiKeysApi([aKey(USED)])) {
  const onChanged = jest.fn(async () => {});
  renderWithApis(<LeakedSecretLookup onChanged={onChanged} />, { api });
  await field();
  return { api, onChanged, user: userEvent.setup() };
}

const written = (api: FakeApiKeysApi) =>
  api
    .callsOf('revokeKeys')
    .map(([request]) => request)
    .filter(request => !(request as { dryRun?: boolean }).dryRun);

const searchButton = () =>
  screen.getByRole('button', { name: 'Find the keys' });

async function search(text: string) {
  fireEvent.change(await field(), { target: { value: text } });
  await userEvent.click(searchButton());
}

const forgotten = () =>
  waitFor(async () => expect(await field()).toHaveValue(''));

describe('LeakedSecretLookup', () => {
  it('shows the owner, status and last use of the key of a secret', async () => {
    const { api } = await setUp();
    await search(`Authorization: Bearer ${SECRET}\n${SECRET}`);
    expect(await screen.findByText('1 secret found.')).toBeInTheDocument();
    await forgotten();
    const found = screen.getByRole('region', { name: /^Secrets/ });
    for (const text of ['CI deploy …x7Kq', 'user:default/ada', 'Active']) {
      expect(found).toHaveTextContent(text);
    }
    expect(found).toHaveTextContent('2 hours ago · From 10.0.0.7');
    expect(api.callsOf('lookUpSecret')).toEqual([[SECRET]]);
  });

  it('stores only the last characters of the secrets', async () => {
    await setUp();
    await search(`password=hunter2 ${SECRET} ${UNKNOWN_SECRET}`);
    expect(await screen.findByText('2 secrets found.')).toBeInTheDocument();
    await forgotten();
    expect(
      screen.getByText('…38hE is of no key in this portal.'),
    ).toBeInTheDocument();
    const everything = `${document.documentElement.outerHTML} ${
      window.location.href
    } ${JSON.stringify({ ...localStorage, ...sessionStorage })}`;
    for (const gone of [SECRET, UNKNOWN_SECRET, 'hunter2']) {
      expect(everything).not.toContain(gone);
    }
  });

  it('disables spell checking and autocompletion', async () => {
    await setUp();
    expect(await field()).toHaveAttribute('autocomplete', 'off');
    expect(await field()).toHaveAttribute('spellcheck', 'false');
  });

  it('sends no request for a text without secrets', async () => {
    const { api } = await setUp();
    expect(searchButton()).toBeDisabled();
    // The last one is mistyped.
    await search(`nothing ${SECRET.slice(0, -1)}r`);
    expect(await screen.findByText(/^No secret found/)).toBeInTheDocument();
    await forgotten();
    expect(api.calls).toEqual([]);
  });

  it('revokes the key of a secret as leaked', async () => {
    const { api, onChanged, user } = await setUp();
    await search(SECRET);
    await forgotten();
    const revoke = { name: 'Revoke CI deploy' };
    await user.click(await screen.findByRole('button', revoke));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('It belongs to user:default/ada.');
    expect(dialog).toHaveTextContent('last used 2 hours ago from 10.0.0.7');
    await user.click(screen.getByRole('button', { name: 'Revoke key' }));

    expect(await screen.findByText('Revoked')).toBeInTheDocument();
    expect(screen.queryByRole('button', revoke)).not.toBeInTheDocument();
    expect(written(api)).toEqual([{ ids: ['k1'], reason: 'leaked' }]);
    expect(onChanged).toHaveBeenCalledTimes(1);
    await waitFor(() =>
      expect(screen.getByRole('region', { name: /^Secrets/ })).toHaveFocus(),
    );
  });

  it.each<ApiKey['status']>(['active', 'revoked'])(
    'revokes the successors of a key that is %s',
    async status => {
      const api = new FakeApiKeysApi([
        aKey({ ...USED, status, revokedReason: 'rotated' }),
        aKey({
          id: 'k2',
          name: 'made',
          hint: 'aB3d',
          predecessorId: 'k1',
          rotatedBy: 'key',
        }),
      ]);
      const { user } = await setUp(api);
      await search(SECRET);
      const revoke = await screen.findByRole('button', {
        name: 'Revoke CI deploy',
      });
      expect(revoke).toHaveTextContent(
        status === 'active' ? 'Revoke now' : 'Revoke 1 key that it made',
      );
      await user.click(revoke);
      await user.click(
        await screen.findByRole('button', { name: 'Revoke key' }),
      );
      await screen.findByText('1 other key has ended with it:');
      expect(screen.getByText(/“made” \(…aB3d\)/)).toBeInTheDocument();
      expect(api.keys.map(key => key.status)).toEqual(['revoked', 'revoked']);
      await waitFor(() => expect(revoke).not.toBeInTheDocument());
    },
  );

  it('offers nothing if the key and its successors are revoked', async () => {
    const api = new FakeApiKeysApi([aKey({ status: 'revoked' })]);
    await setUp(api);
    await search(SECRET);
    await screen.findByText('1 secret found.');
    await waitFor(() => expect(api.callsOf('revokeKeys')).toHaveLength(1));
    expect(screen.queryByRole('button', { name: /^Revoke/ })).toBeNull();
  });

  it('keeps the text and shows an error if a look-up fails', async () => {
    const { api } = await setUp();
    api.fail(
      'lookUpSecret',
      await refusal(503, 'Error', 'The database is away'),
    );
    await search(SECRET);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    expect(await field()).toHaveValue(SECRET);
    api.fail('lookUpSecret', undefined);
    await userEvent.click(searchButton());
    expect(await screen.findByText('1 secret found.')).toBeInTheDocument();
    await forgotten();
  });
});
