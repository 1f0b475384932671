import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { SharedDatabases } from './sharedDatabases';
import { startProgram, TestProgram } from './startProgram';
import { PortalClient, portalClient } from './startTestPortal';

const STOCK_PORTAL = require.resolve('./stockPortal');

/** Starts a portal like `startStockPortal`, in a separate process that can be killed. Its output is its log. */
export async function startPortalProcess(options: {
  shared: SharedDatabases;
  /** Package name of a plugin. */
  plugin: string;
  entities?: Entity[];
  config: JsonObject;
}): Promise<{ portal: PortalClient; program: TestProgram }> {
  const { plugin, ...others } = options;
  const program = await startProgram(
    `
      import { mockServices } from '@backstage/backend-test-utils';
      import plugin from '${plugin}';
      import { startStockPortal } from '${STOCK_PORTAL}';

      console.warn = console.error = console.log;
      startStockPortal({
        ...JSON.parse(process.env.PORTAL!),
        features: [plugin],
        logger: mockServices.rootLogger.factory({ level: 'debug' }),
      }).then(({ url }) => console.log('Portal at', url));
    `,
    { PORTAL: JSON.stringify(others) },
  );
  const printed = await program.printed(/Portal at \S+\n/);
  return { portal: portalClient(printed.slice(10).trim()), program };
}
