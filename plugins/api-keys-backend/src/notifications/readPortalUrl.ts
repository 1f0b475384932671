import { RootConfigService } from '@backstage/backend-plugin-api';

/** Where links in texts lead. Without it they are paths, which people can still find the page by. */
export function readPortalUrl(config: RootConfigService): string {
  return config.getOptionalString('app.baseUrl')?.replace(/\/+$/, '') ?? '';
}
