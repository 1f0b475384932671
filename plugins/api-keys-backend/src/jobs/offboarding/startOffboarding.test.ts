import { SchedulerServiceTaskFunction } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Audit } from '../../observability/audit/Audit';
import { readApiKeysConfig } from '../../config';
import { OwnerStore } from '../../database/OwnerStore';
import { Stores } from '../../database/stores';
import { OfflineSessions } from '../offlineSessions/OfflineSessions';
import { CatalogOwners } from './CatalogOwners';
import { IdentityChecks } from './IdentityChecks';
import { startOffboarding } from './startOffboarding';

describe('the task that looks for owners', () => {
  it('ends offline sessions also while the catalog is away, and fails', async () => {
    const scheduler = mockServices.scheduler.mock();
    const listOwners = jest.fn().mockRejectedValue(new Error('away'));
    const endRequested = jest.fn(async () => {});
    const [auditor, logger] = [
      mockServices.auditor.mock(),
      mockServices.logger.mock(),
    ];
    await startOffboarding({
      config: readApiKeysConfig(new ConfigReader({})),
      stores: {
        owners: { list: listOwners } as Partial<OwnerStore>,
      } as Partial<Stores> as Stores,
      owners: {} as CatalogOwners,
      checks: {} as IdentityChecks,
      offlineSessions: { endRequested } as unknown as OfflineSessions,
      audit: new Audit({ auditor, logger }),
      scheduler,
      logger,
    });
    const [[{ fn }]] = scheduler.scheduleTask.mock.calls;
    const task = fn as SchedulerServiceTaskFunction & (() => Promise<void>);
    await expect(task()).rejects.toThrow('away');
    expect(endRequested).toHaveBeenCalledTimes(1);
  });
});
