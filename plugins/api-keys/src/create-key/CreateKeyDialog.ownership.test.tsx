import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';
const REASON =
  'owner must be in the catalog, and user:development/guest is not';

async function setUp(policy: Parameters<typeof aPolicy>[0]) {
  const api = new FakeApiKeysApi([], aPolicy(policy));
  renderWithApis(<CreateKeyDialog onCreated={() => {}} onClose={() => {}} />, {
    api,
  });
  await screen.findByLabelText('Expiry');
  const user = userEvent.setup();
  await user.type(screen.getByLabelText(/Name/), 'CI');
  return { api, user };
}

const submit = () => screen.getByRole('button', { name: 'Create key' });

describe('CreateKeyDialog, ownership of the key', () => {
  it('says nothing if the key has the ownership of the session', async () => {
    await setUp({});
    expect(screen.queryByText(/will not act for/)).not.toBeInTheDocument();
    expect(submit()).toBeEnabled();
  });

  it.each([
    [
      ['group:default/x'],
      'This key will not act for group:default/x: your sign-in gives it to you, the catalog does not.',
    ],
    [
      ['group:default/x', 'group:default/y'],
      'This key will not act for group:default/x, group:default/y: your sign-in gives them to you, the catalog does not.',
    ],
  ])(
    'lists missing ownership before and after: %j',
    async (missingOwnership, sentence) => {
      const { user } = await setUp({ missingOwnership });
      expect(screen.getByText(sentence)).toBeVisible();
      await user.click(submit());
      await screen.findByLabelText('Secret');
      expect(
        screen.getByText(
          `This key does not act for ${missingOwnership.join(', ')}.`,
        ),
      ).toBeVisible();
    },
  );

  it('explains why no key can be created, and blocks submitting', async () => {
    const { api, user } = await setUp({ cannotCreateReason: REASON });
    expect(
      screen.getByText(`No key can be made here. ${REASON}`),
    ).toBeVisible();
    expect(submit()).toBeDisabled();
    await user.keyboard('{Enter}');
    expect(api.callsOf('createKey')).toEqual([]);
  });

  it('depends on the picked owner', async () => {
    const owners = [ADA, TEAM];
    const api = new FakeApiKeysApi(
      [],
      aPolicy({ owners, cannotCreateReason: REASON }),
    );
    api.policies = [aPolicy({ owner: TEAM, owners })];
    renderWithApis(
      <CreateKeyDialog onCreated={() => {}} onClose={() => {}} />,
      { api },
    );
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText(/Name/), 'CI');
    await screen.findByText(`No key can be made here. ${REASON}`);
    await user.selectOptions(screen.getByLabelText('Acts as'), TEAM);
    await waitFor(() => expect(submit()).toBeEnabled());
  });
});
