import {
  RootConfigService,
  RootInstanceMetadataService,
} from '@backstage/backend-plugin-api';
import { union } from '../lifecycle/forbiddenPlugins';

/** The part of the service that is used. */
export type InstalledPlugins = Pick<
  RootInstanceMetadataService,
  'getInstalledPlugins'
>;

/** Ids of the plugins of this backend, and of those that its discovery finds in others. */
export async function installedPlugins(
  instance: InstalledPlugins,
  config: RootConfigService,
): Promise<string[]> {
  const here = await instance.getInstalledPlugins();
  const endpoints = config.getOptionalConfigArray('discovery.endpoints') ?? [];
  return union(
    here.map(({ pluginId }) => pluginId),
    endpoints.flatMap(endpoint => endpoint.getStringArray('plugins')),
  );
}
