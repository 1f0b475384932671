import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { EntityApiScopeCard } from './EntityApiScopeCard';

// Separate file: permission decisions are cached across the tests of a file.
it('on the page of an API, users who cannot create keys see an explanation instead of a link', async () => {
  const scopes = { configured: [], catalogApis: true };
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name: 'PetStore', namespace: 'default' },
  };
  renderWithApis(
    <EntityProvider entity={entity}>
      <EntityApiScopeCard />
    </EntityProvider>,
    {
      api: new FakeApiKeysApi([], aPolicy({ scopes })),
      denied: apiKeyCreatePermission,
    },
  );
  expect(
    await screen.findByText(/You are not permitted to create API keys/),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Create an API key' }),
  ).not.toBeInTheDocument();
});
