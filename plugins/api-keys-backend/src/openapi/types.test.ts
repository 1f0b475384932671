import {
  ApiKey,
  ApiKeyAccessRestriction,
  ApiKeyCheck,
  ApiKeyChoosablePlugin,
  ApiKeyEvent,
  ApiKeyEventCategory,
  ApiKeyEventFilter,
  ApiKeyEventPage,
  ApiKeyFilter,
  ApiKeyIntrospection,
  ApiKeyOrder,
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicies,
  ApiKeyOwnerPolicy,
  ApiKeyPage,
  ApiKeyPolicy,
  ApiKeyPolicyLimits,
  ApiKeyPolicyOverride,
  ApiKeyPolicySources,
  ApiKeyRevokedReason,
  ApiKeyScopeHolder,
  ApiKeyScopeHolderPage,
  ApiKeyStatus,
  ApiKeySummary,
  ApiKeysUsage,
  ApiKeyUpcomingWarning,
  ApiKeyUpcomingWarningPage,
  ApiKeyUsage,
  ApiKeyWarningKind,
  CheckApiKeyRequest,
  CreateApiKeyRequest,
  CreatedApiKey,
  ListAllApiKeysRequest,
  ListApiKeyEventsRequest,
  ListApiKeysRequest,
  ListUpcomingApiKeyWarningsRequest,
  RevokeApiKeysRequest,
  RevokeApiKeysResult,
  RotateApiKeyRequest,
  SetApiKeyExpiryRequest,
  TransferApiKeysRequest,
  TransferApiKeysResult,
  UpdateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import type { components } from './generated';
import { Input } from './types';

type Schemas = components['schemas'];

/** All fields required: an optional one that only one side has is no obstacle to an assignment. */
type AllRequired<T> = T extends (infer Item)[]
  ? AllRequired<Item>[]
  : T extends object
  ? { [Name in keyof T]-?: AllRequired<T[Name]> }
  : T;

type Assignable<From, To> = [From] extends [To] ? true : false;
type Same<A, B> = Assignable<A, B> &
  Assignable<B, A> &
  Assignable<AllRequired<A>, AllRequired<B>> &
  Assignable<AllRequired<B>, AllRequired<A>>;

/** Only tsc checks this, not jest: for types that differ there is no verdict to give. */
const same = <A, B>(verdict: Same<A, B>) => verdict;

/** Of details, the document only says that they are an object. */
type WithoutDetails<T> = Omit<T, 'details'>;

it('the types of the common package are those of the document', () => {
  expect([
    same<ApiKey, Schemas['ApiKey']>(true),
    same<ApiKeyStatus, Schemas['ApiKeyStatus']>(true),
    same<ApiKeyRevokedReason, Schemas['ApiKeyRevokedReason']>(true),
    same<ApiKeyAccessRestriction, Schemas['ApiKeyAccessRestriction']>(true),
    same<ApiKeyPage, Schemas['ApiKeyPage']>(true),
    same<ApiKeyScopeHolder, Schemas['ApiKeyScopeHolder']>(true),
    same<ApiKeyScopeHolderPage, Schemas['ApiKeyScopeHolderPage']>(true),
    same<ApiKeyIntrospection, Schemas['ApiKeyIntrospection']>(true),
    same<CreatedApiKey, Schemas['CreatedApiKey']>(true),
    same<ApiKeyPolicy, Schemas['ApiKeyPolicy']>(true),
    same<ApiKeyPolicyLimits, Schemas['ApiKeyPolicyLimits']>(true),
    same<ApiKeyChoosablePlugin, Schemas['ApiKeyChoosablePlugin']>(true),
    same<ApiKeyCheck, Schemas['ApiKeyCheck']>(true),
    same<CheckApiKeyRequest, Schemas['CheckApiKeyRequest']>(true),
    same<ApiKeyPolicySources, Schemas['ApiKeyPolicySources']>(true),
    same<ApiKeyOwnerOverride, Schemas['ApiKeyOwnerOverride']>(true),
    same<ApiKeyOwnerPolicies, Schemas['ApiKeyOwnerPolicies']>(true),
    same<ApiKeyOwnerPolicy, Schemas['ApiKeyOwnerPolicy']>(true),
    same<ApiKeyEventCategory, Schemas['ApiKeyEventCategory']>(true),
    same<WithoutDetails<ApiKeyEvent>, WithoutDetails<Schemas['ApiKeyEvent']>>(
      true,
    ),
    same<
      Omit<ApiKeyEventPage, 'items'>,
      Omit<Schemas['ApiKeyEventPage'], 'items'>
    >(true),
    same<RevokeApiKeysResult, Schemas['RevokeApiKeysResult']>(true),
    same<ApiKeyOrder, Schemas['ApiKeyOrder']>(true),
    same<CreateApiKeyRequest, Schemas['CreateApiKeyRequest']>(true),
    same<UpdateApiKeyRequest, Schemas['UpdateApiKeyRequest']>(true),
    same<RotateApiKeyRequest, Schemas['RotateApiKeyRequest']>(true),
    same<ApiKeyPolicyOverride, Schemas['ApiKeyPolicyOverride']>(true),
    same<SetApiKeyExpiryRequest, Schemas['SetApiKeyExpiryRequest']>(true),
    same<RevokeApiKeysRequest, Schemas['RevokeApiKeysRequest']>(true),
    same<TransferApiKeysRequest, Schemas['TransferApiKeysRequest']>(true),
    same<TransferApiKeysResult, Schemas['TransferApiKeysResult']>(true),
    same<ListApiKeysRequest, Input<'listKeys'>['query']>(true),
    same<ApiKeyFilter, Schemas['ApiKeyFilter']>(true),
    same<ListAllApiKeysRequest, Input<'listAllKeys'>['query']>(true),
    same<ApiKeySummary, Schemas['ApiKeySummary']>(true),
    same<ApiKeyUsage, Schemas['ApiKeyUsage']>(true),
    same<ApiKeysUsage, Schemas['ApiKeysUsage']>(true),
    same<ListApiKeyEventsRequest, Input<'listAllEvents'>['query']>(true),
    same<ApiKeyEventFilter, Input<'exportEvents'>['query']>(true),
    same<ApiKeyWarningKind, Schemas['ApiKeyWarningKind']>(true),
    same<ApiKeyUpcomingWarning, Schemas['ApiKeyUpcomingWarning']>(true),
    same<ApiKeyUpcomingWarningPage, Schemas['ApiKeyUpcomingWarningPage']>(true),
    same<
      ListUpcomingApiKeyWarningsRequest,
      Input<'listUpcomingWarnings'>['query']
    >(true),
  ]).not.toContain(false);
});
