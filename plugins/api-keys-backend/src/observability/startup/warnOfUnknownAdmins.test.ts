import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { company } from '../../__testUtils__/company';
import { warnOfUnknownAdmins } from './warnOfUnknownAdmins';

describe('admins in the configuration', () => {
  const logger = mockServices.logger.mock();
  const auth = mockServices.auth();

  beforeEach(() => jest.clearAllMocks());

  const look = (...admins: string[]) =>
    warnOfUnknownAdmins({
      admins,
      auth,
      logger,
      catalog: catalogServiceMock({ entities: company }),
    });

  it('are not logged if the catalog knows them', async () => {
    await look('user:default/grace', 'group:default/team-a');
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('are logged by name if the catalog does not know them', async () => {
    await look('user:default/grace', 'user:default/gone', 'group:default/typo');
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'apiKeys.admins names user:default/gone and group:default/typo, whom the catalog does not know: correct or remove them',
    );
  });

  it('are not logged while the catalog is down', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntitiesByRefs.mockRejectedValue(new Error('down'));
    const admins = ['user:default/grace'];
    await expect(
      warnOfUnknownAdmins({ admins, auth, logger, catalog }),
    ).rejects.toThrow('down');
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('that are none cause no request', async () => {
    const catalog = catalogServiceMock.mock();
    await warnOfUnknownAdmins({ admins: [], auth, logger, catalog });
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
  });
});
