/**
 * Code that the packages of this project share. It changes in any release: other packages use the main entry point.
 *
 * @packageDocumentation
 */
export { apiKeyActionsServiceFactory } from './actions/apiKeyActionsServiceFactory';
export { addressBucket } from './addresses/addressBucket';
export { clientAddress } from './addresses/clientAddress';
export type { AddressedRequest } from './addresses/clientAddress';
export { parseAddress } from './addresses/parseAddress';
export type { ApiKeyAuthenticator } from './authenticator/ApiKeyAuthenticator';
export {
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from './authenticator/ApiKeyRuntime';
export type {
  ApiKeyAwareService,
  OwnershipLookup,
  PresentedCredentials,
} from './authenticator/ApiKeyRuntime';
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
export { invalidConfigValue } from './config/invalidValue';
export { apiKeyHttpAuthServiceFactory } from './http-auth/apiKeyHttpAuthServiceFactory';
export { apiKeyHttpRouterServiceFactory } from './http-auth/apiKeyHttpRouterServiceFactory';
export { setRetryAfter } from './http-auth/challenge';
export { readCredentialSources } from './http-auth/CredentialSources';
export type { CredentialSources } from './http-auth/CredentialSources';
export { exposeHeaders } from './http-auth/exposeHeaders';
export { requirePluginToken } from './http-auth/requirePluginToken';
export { setNoStore } from './http-auth/setNoStore';
export { Backoff } from './kit/Backoff';
export { FailureLog } from './kit/FailureLog';
export { SingleFlight } from './kit/SingleFlight';
export type { FlightResult } from './kit/SingleFlight';
export { TtlCache } from './kit/TtlCache';
export { TimeoutError, withTimeout } from './kit/withTimeout';
export { readRequestLimits, RequestLimits } from './limits/RequestLimits';
export type { RequestLimit, RequestLimitsConfig } from './limits/RequestLimits';
export { apiKeyUserInfoServiceFactory } from './ownership/apiKeyUserInfoServiceFactory';
export {
  canonicalEntityRef,
  effectiveOwnership,
} from './ownership/ownershipRules';
export { apiKeyPermissionsServiceFactory } from './permissions/apiKeyPermissionsServiceFactory';
export {
  enforce,
  findDenial,
  isAllowed,
  parseRestrictions,
} from './restrictions/enforce';
export { fetchPermissionMetadata } from './restrictions/fetchPermissionMetadata';
export { GuardedRoutes } from './restrictions/guarded/GuardedRoutes';
export type { RouteAccess } from './restrictions/guarded/GuardedRoutes';
export { PermissionChecks } from './restrictions/guarded/PermissionChecks';
export type { RequestChecks } from './restrictions/guarded/PermissionChecks';
export type { RequestedRoute } from './restrictions/guarded/RoutePattern';
export {
  SHIPPED_ACTIONS,
  SHIPPED_ROUTES,
} from './restrictions/guarded/shippedRoutes';
export type {
  ParsedRestrictions,
  RequestedRestrictions,
  RestrictedKey,
  RestrictionContext,
} from './restrictions/Restriction';
export * from './secret';
export { TokenKeyRegistry } from './tokens/TokenKeyRegistry';
// Exported as a value: with `export type`, the published types would declare a class that does not exist at run time.
export { UserTokenCache } from './tokens/UserTokenCache';
export {
  ApiKeyRateLimitError,
  ApiKeyRefusedError,
  ApiKeyScopeError,
  ApiKeyVerificationUnavailableError,
} from './verification/errors';
export type { RequestQuota } from './verification/errors';
export type { KeyBinding, TokenBindingStore } from './verification/KeyBinding';
export type { RemoteVerification } from './verification/RemoteApiKeyVerifier';
export type { CountedUse } from './verification/RemoteUses';
export type {
  ApiKeyUse,
  ApiKeyVerifier,
  VerificationOutcome,
  VerifiedApiKey,
} from './verification/types';
export { ownerKindOf } from 'backstage-plugin-api-keys-common';
