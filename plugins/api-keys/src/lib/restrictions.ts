import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';

/** What a restricted key may be used for, one line for each plugin: `catalog (catalog.entity.read, action: read)`. */
export function restrictionsInWords(
  restrictions: readonly ApiKeyAccessRestriction[],
): string[] {
  return restrictions.map(({ plugin, permission, permissionAttribute }) => {
    const actions = permissionAttribute?.action;
    const limits = [
      ...(permission ?? []),
      ...(actions ? [`action: ${actions.join(' | ')}`] : []),
    ];
    return limits.length > 0 ? `${plugin} (${limits.join(', ')})` : plugin;
  });
}
