import { screen } from '@testing-library/react';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from './ApiKeysPage';

// Separate file: permission decisions are cached across the tests of a file.
describe('ApiKeysPage, without permission to create keys', () => {
  it('explains why no key can be created, and shows existing ones', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    renderWithApis(<ApiKeysPage />, { api, denied: apiKeyCreatePermission });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(
      await screen.findByText(/You are not permitted to create API keys/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Create key' }),
    ).not.toBeInTheDocument();
  });

  it('explains it once if there are no keys', async () => {
    renderWithApis(<ApiKeysPage />, { denied: apiKeyCreatePermission });
    await screen.findByText('You have no working API keys');
    expect(
      await screen.findAllByText(/You are not permitted to create API keys/),
    ).toHaveLength(1);
  });
});
