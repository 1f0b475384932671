import { screen } from '@testing-library/react';
import { apiKeyAdminManagePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { anOverride } from '../../__testUtils__/ownerPolicies';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { OwnerPolicies } from './OwnerPolicies';

// Separate file: permission decisions are cached across the tests of a file.
it('OwnerPolicies offers no changes with read permission only', async () => {
  const api = new FakeApiKeysApi();
  api.overrides = [
    anOverride('user:default/ada', { lifetime: { max: 'P9D' } }),
  ];
  renderWithApis(<OwnerPolicies />, {
    api,
    denied: apiKeyAdminManagePermission,
    at: '/?owner=user:default/ada',
  });
  expect(await screen.findByText('Lives 9 days at most')).toBeInTheDocument();
  expect(
    await screen.findByText('9 days, set for this owner'),
  ).toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: /Set|Edit|Remove/ }),
  ).not.toBeInTheDocument();
  expect(
    screen.queryByRole('columnheader', { name: 'Actions' }),
  ).not.toBeInTheDocument();
});
