import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Settings of API keys; all are optional. Durations are `90 days`, `P90D` or `{ days: 90 }`. */
  apiKeys?: {
    secret?: {
      /**
       * Prefix of secrets: 2 to 12 lower case letters and digits, starting with a letter. Keys with another prefix
       * keep working.
       * @default bsk
       */
      prefix?: string;
      /**
       * Keys of keyed digests (HMAC-SHA-256) instead of plain ones: access to the database alone is then not enough
       * to check or plant secrets. The first is used for new keys, all for verification. End the list with the word
       * `none` to keep keys working that were created without a pepper.
       * @deepVisibility secret
       */
      pepper?: string[];
    };
    lifetime?: {
      /**
       * Lifetime of keys that are created without an expiry.
       * @default 90 days
       */
      default?: HumanDuration | string;
      /**
       * Longest lifetime of a key.
       * @default 365 days
       */
      max?: HumanDuration | string;
      /**
       * Allows keys without an expiry.
       * @default false
       */
      allowUnlimited?: boolean;
    };
    inactivity?: {
      /**
       * Inactivity timeout of keys that are created without one; `none` disables it.
       * @default none
       */
      default?: HumanDuration | string;
      /**
       * Longest inactivity timeout of a key; with `none`, keys need no timeout.
       * @default none
       */
      max?: HumanDuration | string;
    };
    rotation?: {
      /**
       * How long a rotated key may keep working while its successor is not used.
       * @default 7 days
       */
      maxOverlap?: HumanDuration | string;
      /**
       * Revokes every key of a family if somebody tries to rotate with a rotated-out secret, since a thief may have
       * either secret. A job that kept an old secret by mistake has the same effect.
       * @default false
       */
      revokeFamilyOnReuse?: boolean;
    };
    owners?: {
      /**
       * Allows keys of groups, which act as the group and are managed by its members.
       * @default true
       */
      groups?: boolean;
      /**
       * Annotations of users and groups in the catalog with an id that their identity provider never reassigns. An
       * entity with the entity ref of an owner and another id counts as somebody else. The first annotation that was
       * present before and is present now decides.
       * @default graph.microsoft.com/user-id, graph.microsoft.com/group-id, github.com/user-id, `<host>/user-id` of each GitLab in integrations, backstage.io/ldap-uuid
       */
      identityAnnotations?: string[];
      /**
       * Makes a key of a group also own what its parent groups own, up to the root. Sign-in resolvers of Backstage
       * give the members of a group no such ownership, so the key may do more than any of them. Read by the auth
       * plugin.
       * @default false
       */
      parentGroups?: boolean;
    };
    limits?: {
      /**
       * Number of active keys per owner. Rotated keys that still work are not counted. With 0, existing keys keep
       * working until they end, and cannot be rotated.
       * @default 50
       */
      keysPerOwner?: number;
      /**
       * Request limit of a key, together with its predecessors and successors; each backend process counts by itself.
       * Without it, requests are unlimited.
       */
      requests?: { max: number; per: HumanDuration | string };
      /**
       * Number of refused keys from an IP address (for IPv6, a /64) after which the response is 429. Valid keys are
       * never affected.
       * @default { max: 30, per: '1 minute' }
       */
      failuresPerIp?: { max?: number; per?: HumanDuration | string };
    };
    /** Places in a request from which keys are accepted. */
    accept?: {
      /**
       * `Authorization: Bearer`. With false, a bearer token in addition to a key in the header counts as that of a
       * proxy, and is ignored.
       * @default true
       */
      bearer?: boolean;
      /**
       * Name of a header, or false for none.
       * @default X-API-Key
       */
      header?: string | false;
      /**
       * `Authorization: Basic`, with the key as password, or as user name with any password.
       * @default true
       */
      basic?: boolean;
      /**
       * Query parameter `api_key`. URLs end up in the logs of proxies, in histories and in `Referer` headers: only
       * for clients that support nothing else.
       * @default false
       */
      query?: boolean;
    };
    /** Required restrictions of keys. Admins can set other values for a user or a group. */
    restrictions?: {
      /**
       * Requires every new key to list the plugins that it may be used for. Existing keys without such a list keep
       * working until they end, and cannot be rotated.
       * @default false
       */
      required?: boolean;
      /** Number of plugins that a key may list, from 1 to 100; unlimited by default. */
      maxPlugins?: number;
      /**
       * Ids of plugins that no key may be used for, directly or through another plugin, including existing keys.
       * @default []
       */
      forbidden?: string[];
      /**
       * Routes that check a permission before they do anything, by the id of their plugin: `POST`, `PUT`, `PATCH` or
       * `DELETE` and the path within the plugin, such as `POST /todos/:id` or `POST /proxy/*`. Keys for some
       * permissions of a plugin may call these routes, and read with `GET`. The routes of Backstage's own plugins are
       * known. Read in each backend process.
       */
      guardedRoutes?: { [pluginId: string]: string[] };
      /**
       * Ids of actions (tools of MCP clients), such as `todo:create`, that check a permission before they do
       * anything, or only call routes that do. Those of Backstage's own plugins are known. Read in each backend
       * process.
       */
      guardedActions?: string[];
    };
    /** Scopes of keys for services outside of Backstage, which require them at introspection or through a gateway. */
    scopes?: {
      /**
       * Scopes that keys may carry. The prefix `api:` is reserved for APIs of the catalog.
       * @default []
       */
      offered?: {
        /** Name that services require: visible ASCII characters without quotes and backslashes. */
        name: string;
        /** Display name; the name by default. */
        title?: string;
        /** Explains to the creator of a key what the scope gives access to. */
        description?: string;
      }[];
      /**
       * Makes every API of the catalog a scope, too, by its entity ref: `api:default/petstore`.
       * @default false
       */
      catalogApis?: boolean;
    };
    /**
     * Entity refs of users and groups who administer everybody's keys, whatever the permission policy decides, also
     * without the permission framework.
     */
    admins?: string[];
    lastUsed?: {
      /**
       * Precision of the last use of a key, and so the interval at which uses are written to the database. The first
       * use of a key, and the first one after an hour, are written within two seconds.
       * @default 1 minute
       */
      resolution?: HumanDuration | string;
      /**
       * Stores the IP address of a key's last use.
       * @default true
       */
      recordIp?: boolean;
      /**
       * Ids of plugins whose requests do not count as uses, for example because polling would keep every key active.
       */
      excludePlugins?: string[];
    };
    verification?: {
      /**
       * Longest time for which a replica may still accept a key that was revoked on another one, since it does not
       * look up cached keys in the meantime. At least 100 milliseconds, or 0: each request with a key then takes a
       * query.
       * @default 1 second
       */
      maxStaleness?: HumanDuration | string | 0;
    };
    /**
     * Senders of signed reports about leaked secrets, at `POST /api/api-keys/v1/leaks`. Disabled if neither of the
     * two is set.
     */
    leaks?: {
      /**
       * Action for a key with a leaked secret: revoke it, or only notify its owner.
       * @default revoke
       */
      action?: 'revoke' | 'report';
      /** The partner program of GitHub's secret scanning. */
      github?: {
        /** @default false */
        enabled?: boolean;
        /**
         * Address of GitHub's public keys.
         * @default https://api.github.com/meta/public_keys/secret_scanning
         */
        keysUrl?: string;
        /**
         * Token for GitHub, without any permission: it raises GitHub's rate limit.
         * @visibility secret
         */
        token?: string;
      };
      /** Scanners of the company. */
      generic?: {
        /**
         * Secrets for signatures, at least 32 characters each. All are tried, so that you can replace one by another.
         * @deepVisibility secret
         */
        secrets: string[];
      };
    };
    /** URLs that key events are posted to, in the format of Standard Webhooks. None by default. */
    webhooks?: Array<{
      /**
       * An https URL; http is for localhost. May hold a token.
       * @visibility secret
       */
      url: string;
      /**
       * The key that requests are signed with: `whsec_` and 24 to 64 random bytes in base64.
       * @visibility secret
       */
      secret: string;
      /** Hosts that the URL may have, with their port if they have one. */
      allowedHosts: string[];
      /** Types of events, such as `revoked`. All by default. */
      eventTypes?: string[];
    }>;
    /** Messages to owners, sent through Backstage's notifications, and so by e-mail and Slack if those are set up. */
    warnings?: {
      /**
       * Times before the expiry of a key at which its owner is warned; `[]` disables these warnings. Each applies to
       * keys whose lifetime is longer than twice its value.
       * @default [14 days, 3 days, 1 day]
       */
      beforeExpiry?: (HumanDuration | string)[];
      /**
       * Times before an unused key goes inactive at which its owner is warned; `[]` disables these warnings. Each
       * applies to keys whose inactivity timeout is longer than twice its value.
       * @default [3 days]
       */
      beforeInactivity?: (HumanDuration | string)[];
      /**
       * Notifies the owner that a key has expired.
       * @default true
       */
      afterExpiry?: boolean;
      /**
       * Notifies the owner that a key was created, so that a key created with a stolen session is noticed.
       * @default true
       */
      onCreation?: boolean;
    };
    offboarding?: {
      /**
       * Time between an owner leaving the catalog and the revocation of their keys, which are refused within minutes.
       * Time in which the catalog was unavailable or implausible does not count.
       * @default 1 day
       */
      revokeAfter?: HumanDuration | string;
    };
    events?: {
      /**
       * Retention of events and of the daily numbers of uses.
       * @default 90 days
       */
      retention?: HumanDuration | string;
    };
    keys?: {
      /**
       * Retention of ended keys.
       * @default 365 days
       */
      retention?: HumanDuration | string;
    };
  };
}
