// Generated from openapi.yaml by `yarn openapi`. Do not edit.
import type {
  ApiKeyEventFilter,
  ApiKeyPolicyOverride,
  ApiKeyStatus,
  CheckApiKeyRequest,
  ConfirmApiKeyOwnerRequest,
  CreateApiKeyRequest,
  ListAllApiKeysRequest,
  ListApiKeyEventsRequest,
  ListApiKeysRequest,
  ListUpcomingApiKeyWarningsRequest,
  RevokeApiKeysRequest,
  RotateApiKeyRequest,
  SetApiKeyExpiryRequest,
  TransferApiKeysRequest,
  UpdateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';

type NoParameters = Record<string, never>;

/** The input of each operation, once it is known to be as the document has it. */
export type Inputs = {
  getPolicy: {
    path: NoParameters;
    query: {
      /** The owner; by default the caller, or one of the caller's groups. */
      owner?: string;
    };
    body: undefined;
  };
  listKeys: { path: NoParameters; query: ListApiKeysRequest; body: undefined };
  createKey: {
    path: NoParameters;
    query: NoParameters;
    body: CreateApiKeyRequest;
  };
  lookUpKey: {
    path: NoParameters;
    query: NoParameters;
    body: {
      token: string;
    };
  };
  getKey: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: undefined;
  };
  updateKey: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: UpdateApiKeyRequest;
  };
  revokeKey: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: undefined;
  };
  previewRevocation: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: undefined;
  };
  rotateKey: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: RotateApiKeyRequest;
  };
  keepKeyAlive: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: undefined;
  };
  checkKey: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: CheckApiKeyRequest;
  };
  listKeyEvents: {
    path: {
      id: string;
    };
    query: {
      /** Page size. */
      limit?: number;
      /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
      cursor?: string;
    };
    body: undefined;
  };
  getKeyUsage: {
    path: {
      id: string;
    };
    query: {
      /** Number of days to look back, including today, in UTC. */
      days?: number;
    };
    body: undefined;
  };
  listUsage: {
    path: NoParameters;
    query: {
      /** Ids of keys; one parameter for each. */
      keyId: string[];
      /** Number of days to look back, including today, in UTC. */
      days?: number;
    };
    body: undefined;
  };
  listUnconfirmedOwners: {
    path: NoParameters;
    query: NoParameters;
    body: undefined;
  };
  confirmOwner: {
    path: {
      /** Entity ref of a user or group, encoded (`group%3Adefault%2Fteam-a`). */
      owner: string;
    };
    query: NoParameters;
    body: ConfirmApiKeyOwnerRequest;
  };
  listScopeKeys: {
    path: {
      /** Encoded (`api%3Adefault%2Fpetstore`). Entity refs are case-insensitive. */
      scope: string;
    };
    query: {
      /** Page size. */
      limit?: number;
      /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
      cursor?: string;
    };
    body: undefined;
  };
  getSelf: { path: NoParameters; query: NoParameters; body: undefined };
  revokeSelf: { path: NoParameters; query: NoParameters; body: undefined };
  rotateSelf: {
    path: NoParameters;
    query: NoParameters;
    body: RotateApiKeyRequest;
  };
  introspectSecret: {
    path: NoParameters;
    query: NoParameters;
    body: {
      /** The secret, or any other string that was presented as one. */
      token: string;
      /** Has no effect, as there is one type of token. */
      token_type_hint?: string;
      /**
       * The address from which it was presented. Without it, a key that is restricted to networks is not
       * accepted.
       */
      client_ip?: string;
    };
  };
  verifyRequest: {
    path: NoParameters;
    query: {
      /**
       * Scopes that the key has to carry, all of them: repeated, or separated by spaces. A key that is
       * restricted in Backstage is only accepted if a scope is required.
       */
      scope?: string[];
    };
    body: undefined;
  };
  revokeSecret: {
    path: NoParameters;
    query: NoParameters;
    body:
      | {
          token: string;
        }
      | {
          /** A secret, or a list of them. */
          token: string | string[];
        };
  };
  reportLeaks: {
    path: NoParameters;
    query: NoParameters;
    body: {
      /** The secret that was found. */
      token: string;
      /** The scanner's name for this form of secrets. */
      type?: string | null;
      /** The location; stored if it is a web address. */
      url?: string | null;
      /** The kind of location. */
      source?: string | null;
    }[];
  };
  lookUpSecret: {
    path: NoParameters;
    query: NoParameters;
    body: {
      token: string;
    };
  };
  revokeKeys: {
    path: NoParameters;
    query: NoParameters;
    body: RevokeApiKeysRequest;
  };
  transferKeys: {
    path: NoParameters;
    query: NoParameters;
    body: TransferApiKeysRequest;
  };
  listAllKeys: {
    path: NoParameters;
    query: ListAllApiKeysRequest;
    body: undefined;
  };
  exportKeys: {
    path: NoParameters;
    query: {
      /** Only keys of this user or group. */
      owner?: string;
      /** Only keys in one of these states. */
      status?: ApiKeyStatus[];
      /**
       * Only keys with this text in their name, description or hint, also as displayed (`bsk_…x7Kq`), or
       * with this id. Ignores case, Unicode forms (`ü` in one or two characters), invisible characters, and
       * blanks at the ends; no character has a special meaning.
       */
      q?: string;
      /** Only keys that expire before this time. */
      expiresBefore?: string;
      /** Only keys that were neither used nor created since this time. */
      unusedSince?: string;
      /** Only keys that were never used; `false` for those that were. */
      neverUsed?: boolean;
      /** Only keys that do not expire; `false` for those that do. */
      withoutExpiry?: boolean;
      /** Only keys that were created before this time. */
      createdBefore?: string;
      /** Only keys that expire at this time or later. */
      expiresFrom?: string;
      /** Only keys that were revoked at this time or later. */
      revokedSince?: string;
      /** Only keys that were used on this day in UTC. */
      usedOn?: string;
      /**
       * Only unrevoked keys under a policy that gives them less than their creator asked for; `false` for
       * all others.
       */
      cutShort?: boolean;
      /**
       * Only keys of owners who are not in the catalog, as of the last check, which runs every five minutes;
       * `false` for those of all others.
       */
      ownerMissing?: boolean;
      /**
       * Only keys of owners who have to be confirmed, since they were away from the catalog and may be
       * somebody else now; `false` for those of all others.
       */
      ownerUnconfirmed?: boolean;
      /** Only keys of rotation lineages whose rotated-out secrets were presented at this time or later. */
      rotatedOutSeenSince?: string;
      /**
       * Only keys without access restrictions, which may do everything that their subject may do; `false`
       * for all others.
       */
      unrestricted?: boolean;
      /** Only keys that carry this scope. */
      scope?: string;
    };
    body: undefined;
  };
  getSummary: { path: NoParameters; query: NoParameters; body: undefined };
  setKeyExpiry: {
    path: {
      id: string;
    };
    query: NoParameters;
    body: SetApiKeyExpiryRequest;
  };
  listOwnerPolicies: {
    path: NoParameters;
    query: NoParameters;
    body: undefined;
  };
  getOwnerPolicy: {
    path: {
      /** Entity ref of a user or group, encoded (`group%3Adefault%2Fteam-a`). */
      owner: string;
    };
    query: NoParameters;
    body: undefined;
  };
  setOwnerPolicy: {
    path: {
      /** Entity ref of a user or group, encoded (`group%3Adefault%2Fteam-a`). */
      owner: string;
    };
    query: NoParameters;
    body: ApiKeyPolicyOverride;
  };
  removeOwnerPolicy: {
    path: {
      /** Entity ref of a user or group, encoded (`group%3Adefault%2Fteam-a`). */
      owner: string;
    };
    query: NoParameters;
    body: undefined;
  };
  confirmOwnerAsAdmin: {
    path: {
      /** Entity ref of a user or group, encoded (`group%3Adefault%2Fteam-a`). */
      owner: string;
    };
    query: NoParameters;
    body: ConfirmApiKeyOwnerRequest;
  };
  listAllEvents: {
    path: NoParameters;
    query: ListApiKeyEventsRequest;
    body: undefined;
  };
  exportEvents: {
    path: NoParameters;
    query: ApiKeyEventFilter;
    body: undefined;
  };
  listUpcomingWarnings: {
    path: NoParameters;
    query: ListUpcomingApiKeyWarningsRequest;
    body: undefined;
  };
  getDocument: { path: NoParameters; query: NoParameters; body: undefined };
};
