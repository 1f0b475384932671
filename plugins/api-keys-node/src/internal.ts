/**
 * Code that the packages of this project share. It changes in any release: other packages use the main entry point.
 *
 * @packageDocumentation
 */
export {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_PROOF_HEADER,
  API_KEY_PROVIDER_ID,
  API_KEY_REFUSED_ERROR_NAME,
} from './authenticator/exchange';
export type { ExchangedToken, KeyExchange } from './authenticator/exchange';
export { RequestContext } from './authenticator/RequestContext';
export type { RequestFacts } from './authenticator/RequestContext';
export type { DelegatedCall, KeyAuthentication } from './authenticator/types';
export type { ApiKeyAuthenticator } from './authenticator/ApiKeyAuthenticator';
export { addressBucket } from './addresses/addressBucket';
export { clientAddress } from './addresses/clientAddress';
export type { AddressedRequest } from './addresses/clientAddress';
export { parseAddress } from './addresses/parseAddress';
export { invalidConfigValue } from './config/invalidValue';
export { readCredentialSources } from './http-auth/CredentialSources';
export type { CredentialSources } from './http-auth/CredentialSources';
export { exposeHeaders } from './http-auth/exposeHeaders';
export { setRetryAfter } from './http-auth/challenge';
export { setNoStore } from './http-auth/setNoStore';
export { requirePluginToken } from './http-auth/requirePluginToken';
export { Backoff } from './kit/Backoff';
export { FailureLog } from './kit/FailureLog';
export { SingleFlight } from './kit/SingleFlight';
export type { FlightResult } from './kit/SingleFlight';
export { TtlCache } from './kit/TtlCache';
export { TimeoutError, withTimeout } from './kit/withTimeout';
export { readRequestLimits, RequestLimits } from './limits/RequestLimits';
export type { RequestLimit, RequestLimitsConfig } from './limits/RequestLimits';
export { ownerKindOf } from 'backstage-plugin-api-keys-common';
export {
  canonicalEntityRef,
  effectiveOwnership,
} from './ownership/ownershipRules';
export { fetchPermissionMetadata } from './restrictions/fetchPermissionMetadata';
export {
  enforce,
  findDenial,
  isAllowed,
  parseRestrictions,
} from './restrictions/enforce';
export type {
  ParsedRestrictions,
  RequestedRestrictions,
  RestrictedKey,
  RestrictionContext,
} from './restrictions/Restriction';
export { GuardedRoutes } from './restrictions/guarded/GuardedRoutes';
export type { RouteAccess } from './restrictions/guarded/GuardedRoutes';
export { PermissionChecks } from './restrictions/guarded/PermissionChecks';
export type { RequestChecks } from './restrictions/guarded/PermissionChecks';
export type { RequestedRoute } from './restrictions/guarded/RoutePattern';
export {
  SHIPPED_ACTIONS,
  SHIPPED_ROUTES,
} from './restrictions/guarded/shippedRoutes';
export {
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from './authenticator/ApiKeyRuntime';
export type {
  ApiKeyAwareService,
  OwnershipLookup,
  PresentedCredentials,
} from './authenticator/ApiKeyRuntime';
export * from './secret';
export { TokenKeyRegistry } from './tokens/TokenKeyRegistry';
// Exported as a value: with `export type`, the published types would declare a class that does not exist at run time.
export { UserTokenCache } from './tokens/UserTokenCache';
export type { KeyBinding, TokenBindingStore } from './verification/KeyBinding';
export type { RemoteVerification } from './verification/RemoteApiKeyVerifier';
export type { CountedUse } from './verification/RemoteUses';
export type { ApiKeyUse, ApiKeyVerifier } from './verification/types';
export { apiKeyActionsServiceFactory } from './actions/apiKeyActionsServiceFactory';
export { apiKeyHttpAuthServiceFactory } from './http-auth/apiKeyHttpAuthServiceFactory';
export { apiKeyHttpRouterServiceFactory } from './http-auth/apiKeyHttpRouterServiceFactory';
export {
  ApiKeyRateLimitError,
  ApiKeyRefusedError,
  ApiKeyScopeError,
  ApiKeyVerificationUnavailableError,
} from './verification/errors';
export type { RequestQuota } from './verification/errors';
export { apiKeyUserInfoServiceFactory } from './ownership/apiKeyUserInfoServiceFactory';
export { apiKeyPermissionsServiceFactory } from './permissions/apiKeyPermissionsServiceFactory';
export type { VerificationOutcome, VerifiedApiKey } from './verification/types';
