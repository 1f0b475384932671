import { screen } from '@testing-library/react';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from './ApiKeysPage';

// Separate file: permission decisions are cached across the tests of a file.
describe('A link that requests a copy of a key', () => {
  it('opens no form for users who cannot create keys', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    const at = '/?from=k1';
    renderWithApis(<ApiKeysPage />, {
      api,
      at,
      denied: apiKeyCreatePermission,
    });
    expect(
      await screen.findByText(/You are not permitted to create API keys/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
