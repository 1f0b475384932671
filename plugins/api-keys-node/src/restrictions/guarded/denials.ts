/* Denial messages for keys that are limited to some permissions of a plugin. */

export const unknownRoute = (pluginId: string) =>
  `${limitedTo(
    pluginId,
  )}, and this route is not known to ask for one: use a key for the whole plugin, or have the route declared in apiKeys.restrictions.guardedRoutes`;

export const onlyOverHttp = (pluginId: string) =>
  `${limitedTo(pluginId)}, and can be held to them only in requests over HTTP`;

export const hasNoPermissions = (pluginId: string) =>
  `${limitedTo(pluginId)}, which has none`;

export const notLimited = (pluginId: string) =>
  `${limitedTo(
    pluginId,
  )}, and this backend lacks the permissions service that holds it to them: add apiKeyPermissionsServiceFactory`;

export const asksForNone = (pluginId: string) =>
  `${limitedTo(pluginId)}, and this route asks for none`;

export const asksForOthers = (
  pluginId: string,
  permissions: readonly string[],
) =>
  `The API key may be used for the plugin '${pluginId}', but not for ${permissions
    .map(permission => `'${permission}'`)
    .join(', ')}, which this route asks for`;

export const failedBefore = (pluginId: string) =>
  `The plugin '${pluginId}' failed before it asked for a permission that the API key has, so that the reason is withheld`;

function limitedTo(pluginId: string): string {
  return `The API key is for some permissions of the plugin '${pluginId}'`;
}
