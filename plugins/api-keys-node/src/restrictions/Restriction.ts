import type { Permission } from '@backstage/plugin-permission-common';
import {
  ApiKeyAccessRestriction,
  ApiKeyRestrictionKind,
  ApiKeyRestrictions,
} from 'backstage-plugin-api-keys-common';
import { GuardedRoutes } from './guarded/GuardedRoutes';
import { RequestedRoute } from './guarded/RoutePattern';

/**
 * The fields of a key that restrictions read.
 *
 * @public
 */
export type RestrictedKey = ApiKeyRestrictions & {
  allowedIps?: readonly string[];
  scopes?: readonly string[];
};

/**
 * A use of a key. An aspect that is left out is not part of the use, and no restriction is checked against it.
 *
 * @public
 */
export type RestrictionContext = {
  /** The client that presents the key. Left out if a plugin acts for the key, since the address is the plugin's. */
  client?: {
    /** As `parseAddress` returns it; left out if unknown. */
    ip?: string;
  };
  /** The id of the plugin that is used. */
  plugin?: string;
  /** A permission of the plugin that is asked for. */
  permission?: Pick<Permission, 'name' | 'attributes'>;
  /** The request to the plugin. */
  request?: {
    /** Left out outside of a request over HTTP. */
    route?: RequestedRoute;
    guardedRoutes: GuardedRoutes;
  };
  /** The scopes that a service outside of Backstage requires, all of them. */
  requiredScopes?: readonly string[];
};

/**
 * The restrictions in a request for a new key.
 *
 * @public
 */
export type RequestedRestrictions = {
  accessRestrictions?: ApiKeyAccessRestriction[];
  allowedIps?: string[];
  scopes?: string[];
};

/**
 * The restrictions in their canonical form, and the problems with them, each with its field, such as "allowedIps[0]: must …".
 *
 * @public
 */
export type ParsedRestrictions = {
  restrictions: RequestedRestrictions;
  problems: string[];
};

/** Describes a denial to the holder of the key. */
export type DenialDescription = {
  message: string;
  /** Scopes that the request requires, for RFC 6750's challenge. */
  scopes?: readonly string[];
};

/** One way to restrict a key. */
export interface Restriction {
  readonly kind: ApiKeyRestrictionKind;
  /** Reads this kind in a request for a new key. */
  parse(requested: RequestedRestrictions): ParsedRestrictions;
  /** Returns true if the key may be used like this as far as this kind is concerned. Fails closed. */
  check(key: RestrictedKey, context: RestrictionContext): boolean;
  /** Describes why {@link Restriction.check} denies a use. */
  describe(key: RestrictedKey, context: RestrictionContext): DenialDescription;
}
