import { screen } from '@testing-library/react';
import { apiKeyAdminManagePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { Attention } from './Attention';

describe('Attention, for an auditor', () => {
  it('shows everything and offers no actions', async () => {
    renderWithApis(<Attention onChanged={async () => {}} />, {
      api: new FakeApiKeysApi([aKey({ expiresAt: null })]),
      denied: apiKeyAdminManagePermission,
    });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(
      screen.getAllByRole('button').map(button => button.textContent),
    ).toEqual(['Show in inventory']);
  });
});
