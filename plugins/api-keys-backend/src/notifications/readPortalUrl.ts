import { RootConfigService } from '@backstage/backend-plugin-api';

/** Returns the base of links in texts. Without `app.baseUrl`, links are paths, from which people can still find the page. */
export function readPortalUrl(config: RootConfigService): string {
  return config.getOptionalString('app.baseUrl')?.replace(/\/+$/, '') ?? '';
}
