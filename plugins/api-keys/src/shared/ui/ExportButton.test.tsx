import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { download } from './download';
import { ExportButton } from './ExportButton';

jest.mock('./download');

const FILTER = { owner: 'user:default/ada' };

async function press(api: FakeApiKeysApi) {
  renderWithApis(<ExportButton filter={FILTER} />, { api });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Export CSV' }),
  );
}

describe('ExportButton', () => {
  it('downloads the filtered keys', async () => {
    const api = new FakeApiKeysApi();
    await press(api);
    expect(api.callsOf('exportKeys')).toEqual([[FILTER]]);
    expect(download).toHaveBeenCalledWith(expect.any(Blob), 'api-keys.csv');
  });

  it('shows an error', async () => {
    const api = new FakeApiKeysApi();
    api.fail('exportKeys', await refusal(503, 'Error', 'The database is away'));
    await press(api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The keys could not be exported');
    expect(alert).toHaveTextContent('The database is away');
  });
});
