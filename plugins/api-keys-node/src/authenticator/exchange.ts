import { VerifiedApiKey } from '../verification/types';

/**
 * The id of the auth provider that exchanges keys.
 *
 * @public
 */
export const API_KEY_PROVIDER_ID = 'api-key';

/**
 * The header that carries the proof of a key to the exchange, which the verifier issues and redeems.
 *
 * @public
 */
export const API_KEY_PROOF_HEADER = 'x-api-key-proof';

/**
 * Header in which backends of earlier releases send the secret itself to the exchange. Never `Authorization`: code that
 * resolves the credentials of that request would start another exchange.
 *
 * @public
 */
export const API_KEY_EXCHANGE_HEADER = 'x-api-key';

/**
 * The error name by which the exchange refuses a key, as opposed to the call.
 *
 * @public
 */
export const API_KEY_REFUSED_ERROR_NAME = 'ApiKeyRefusedError';

/**
 * A user token of a key's subject, and what it owns.
 *
 * @public
 */
export type ExchangedToken = { token: string; ownershipEntityRefs: string[] };

/**
 * Issues a user token for a key that was accepted, and checks the key once more. Provided by the auth provider `api-key`.
 *
 * @throws {@link ApiKeyRefusedError} when it refuses the key
 * @throws {@link ApiKeyVerificationUnavailableError} for every other failure
 * @public
 */
export type KeyExchange = (key: VerifiedApiKey) => Promise<ExchangedToken>;
