import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiKeyAdminManagePermission } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { AdminPage } from './AdminPage';

// Separate file: permission decisions are cached across the tests of a file.
describe('AdminPage, with read permission only', () => {
  it('offers no revocation and no transfer', async () => {
    const api = new FakeApiKeysApi([aKey({ hint: '38hE' })]);
    renderWithApis(<AdminPage />, {
      api,
      denied: apiKeyAdminManagePermission,
      at: '/?status=active',
    });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Export CSV' })).toBeEnabled();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Revoke (selected|the|all)/ }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Transfer/ }),
    ).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('tab', { name: 'Leak desk' }));
    await userEvent.type(
      await screen.findByLabelText(/^Secret/),
      // Well formed: the last six characters are the checksum.
      `bsk_${'0'.repeat(44)}a38hE`,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Find the keys' }),
    );
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Revoke CI deploy' }),
    ).not.toBeInTheDocument();
  });
});
