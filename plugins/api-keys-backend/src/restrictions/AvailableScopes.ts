import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  API_SCOPE_PREFIX,
  ApiKeyAvailableScopes,
  isApiScope,
} from 'backstage-plugin-api-keys-common';
import { truncateList } from '../lib/joinWithOverflow';
import { refuse } from './parseRestrictions';

/** Scopes that new keys can have: those of the configuration, and the APIs of the catalog. */
export class AvailableScopes {
  readonly #available: ApiKeyAvailableScopes;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;

  constructor(options: {
    config: { scopes: ApiKeyAvailableScopes };
    catalog: CatalogService;
    logger: LoggerService;
  }) {
    this.#available = options.config.scopes;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
  }

  /**
   * Checks that scopes exist. A key with a misspelt scope would work for less than intended, or later for something unintended.
   *
   * @param credentials - the caller's, which must allow to see the APIs in the catalog
   * @throws InputError naming the entries that are wrong
   * @throws ServiceUnavailableError for an API while the catalog is unavailable
   */
  async require(
    scopes: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { configured } = this.#available;
    const names = new Set(configured.map(({ name }) => name));
    const apis = await this.#findApis(
      scopes.filter(scope => this.#isOfApi(scope)),
      credentials,
    );
    refuse(
      scopes.flatMap((scope, index) => {
        if (names.has(scope) || apis.has(scope)) return [];
        const what = this.#isOfApi(scope)
          ? 'that of an API in the catalog'
          : this.#oneOnOffer();
        return [`scopes[${index}]: must be ${what}`];
      }),
    );
  }

  #oneOnOffer(): string {
    const { configured, catalogApis } = this.#available;
    if (configured.length === 0) {
      return catalogApis
        ? `that of an API, such as ${API_SCOPE_PREFIX}default/petstore`
        : 'a scope that this portal offers, and it offers none';
    }
    const names = configured.map(({ name }) => name);
    return `a scope that this portal offers: ${truncateList(names)}`;
  }

  #isOfApi(scope: string): boolean {
    return this.#available.catalogApis && scope.startsWith(API_SCOPE_PREFIX);
  }

  async #findApis(
    scopes: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const entityRefs = scopes.filter(isApiScope);
    if (entityRefs.length === 0) return new Set();
    const { items } = await this.#catalog
      .getEntitiesByRefs({ entityRefs, fields: ['kind'] }, { credentials })
      .catch(error => {
        this.#logger.error('Could not look up the APIs of scopes', error);
        throw new ServiceUnavailableError(
          'These APIs cannot be looked up in the catalog right now, try again shortly',
        );
      });
    return new Set(entityRefs.filter((_ref, index) => items[index]));
  }
}
