import { screen } from '@testing-library/react';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { NoKeys } from './NoKeys';

describe('an empty list of keys', () => {
  it('offers the first key', async () => {
    renderWithApis(<NoKeys onCreate={() => {}} />);
    expect(
      await screen.findByRole('button', { name: 'Create key' }),
    ).toBeVisible();
  });

  it('explains why no key can be created, and offers no button', async () => {
    const cannotCreateReason =
      'owner must be in the catalog, and user:development/guest is not';
    const api = new FakeApiKeysApi([], aPolicy({ cannotCreateReason }));
    renderWithApis(<NoKeys onCreate={() => {}} />, { api });
    expect(
      await screen.findByText(`No key can be made here. ${cannotCreateReason}`),
    ).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('offers the first key of a team if the user cannot have one', async () => {
    const policy = aPolicy({
      owners: ['user:default/ada', 'group:default/team-a'],
      cannotCreateReason: 'user:default/ada may have no API keys',
    });
    const api = new FakeApiKeysApi([], policy);
    renderWithApis(<NoKeys onCreate={() => {}} />, { api });
    expect(
      await screen.findByRole('button', { name: 'Create key' }),
    ).toBeVisible();
    expect(screen.queryByText(/No key can be made/)).not.toBeInTheDocument();
  });
});
