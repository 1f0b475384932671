import { NotFoundError } from '@backstage/errors';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { ApiKeyService, Caller } from './ApiKeyService';
import { SecretOperations } from './SecretOperations';

/** Finds callers' keys by their secrets. A lookup does not count as a use of the key. */
export class KeyLookup {
  readonly #service: Pick<ApiKeyService, 'get'>;
  readonly #secretOperations: Pick<SecretOperations, 'lookUp'>;

  constructor(options: {
    service: Pick<ApiKeyService, 'get'>;
    secretOperations: Pick<SecretOperations, 'lookUp'>;
  }) {
    this.#service = options.service;
    this.#secretOperations = options.secretOperations;
  }

  /** @throws NotFoundError with one message, whether the key does not exist or the caller may not see it */
  async lookUp(caller: Caller, secret: string): Promise<ApiKeyRecord> {
    try {
      const { id } = await this.#secretOperations.lookUp(
        { owners: 'everybody' },
        secret,
      );
      return await this.#service.get(caller, id);
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw new NotFoundError('None of your API keys has this secret');
      }
      throw error;
    }
  }
}
