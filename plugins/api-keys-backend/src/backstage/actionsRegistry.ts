/*
 * Backstage's registry of actions. Each plugin registers its own actions, with schemas built with the zod instance that it is
 * given, and the registry serves them under the path of the plugin.
 */
export { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
export type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
