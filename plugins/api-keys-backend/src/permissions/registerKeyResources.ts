import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import { apiKeyPermissions } from 'backstage-plugin-api-keys-common';
import { Stores } from '../database/stores';
import { KeyCondition } from '../database/queries';
import { apiKeyPermissionRules, apiKeyResourceRef } from './rules';

/**
 * Registers keys as a resource that permission policies may decide on.
 *
 * @returns a function that converts the conditions of a policy decision to conditions on rows
 */
export function registerKeyResources(options: {
  permissionsRegistry: PermissionsRegistryService;
  stores: Pick<Stores, 'keys'>;
}): ConditionTransformer<KeyCondition> {
  const { permissionsRegistry, stores } = options;
  permissionsRegistry.addResourceType({
    resourceRef: apiKeyResourceRef,
    permissions: apiKeyPermissions,
    rules: Object.values(apiKeyPermissionRules),
    getResources: async ids => {
      const keys = await stores.keys.findByIds(ids);
      return ids.map(id => keys.find(key => key.id === id));
    },
  });
  return createConditionTransformer(
    permissionsRegistry.getPermissionRuleset(apiKeyResourceRef),
  );
}
