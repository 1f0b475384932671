/*
 * Backstage's registry of actions. Each plugin registers its own, with schemas that it makes with the zod it is given, and the registry
 * serves them under the path of the plugin.
 */
export { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
export type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
