import { HumanDuration } from '@backstage/types';

export interface Config {
  /** API keys; everything is optional. Durations are `90 days`, `P90D` or `{ days: 90 }`. */
  apiKeys?: {
    secret?: {
      /**
       * What secrets start with: 2 to 12 lower case letters and digits, a letter first. Keys made under another prefix go
       * on working.
       * @default bsk
       */
      prefix?: string;
      /**
       * Keyed digests (HMAC-SHA-256) instead of plain ones: whoever can only read or write the database can then neither
       * check nor plant secrets. The first signs new keys, all are tried. The word `none` in the end keeps keys working that
       * were made before there was a pepper.
       * @deepVisibility secret
       */
      pepper?: string[];
    };
    lifetime?: {
      /**
       * How long a key lives whose maker names no expiry.
       * @default 90 days
       */
      default?: HumanDuration | string;
      /**
       * The longest that a key may live.
       * @default 365 days
       */
      max?: HumanDuration | string;
      /**
       * Whether keys without an expiry may be made.
       * @default false
       */
      allowUnlimited?: boolean;
    };
    inactivity?: {
      /**
       * After how long without use a key stops working whose maker does not say; `none` is never.
       * @default none
       */
      default?: HumanDuration | string;
      /**
       * The longest inactivity timeout that a key may have; with `none` it may have none at all.
       * @default none
       */
      max?: HumanDuration | string;
    };
    rotation?: {
      /**
       * How long a rotated key may go on working while its successor is not used.
       * @default 7 days
       */
      maxOverlap?: HumanDuration | string;
      /**
       * Whether an attempt to rotate with a secret that was rotated out revokes every key of its family: a thief may have
       * either of the two. A job that kept an old secret by mistake has the same effect.
       * @default false
       */
      revokeFamilyOnReuse?: boolean;
    };
    owners?: {
      /**
       * Whether groups may have keys, which act as the group and are managed by its members.
       * @default true
       */
      groups?: boolean;
      /**
       * Annotations of users and groups in the catalog that hold an id which their identity provider gives to nobody else. Who has
       * the entity ref of an owner and another id is somebody else. The first annotation that was there before and is there now
       * decides.
       * @default graph.microsoft.com/user-id, graph.microsoft.com/group-id, github.com/user-id, `<host>/user-id` of each GitLab in integrations, backstage.io/ldap-uuid
       */
      identityAnnotations?: string[];
      /**
       * Whether a key of a group also owns what the groups above it own, up to the top. Sign-in resolvers of Backstage give the
       * members of a group no such ownership, so that the key may then do more than any of them. Read by the auth plugin.
       * @default false
       */
      parentGroups?: boolean;
    };
    limits?: {
      /**
       * How many active keys an owner may have at a time. A rotated key that still works is not counted. With 0, keys that exist go
       * on until they end, and cannot be rotated.
       * @default 50
       */
      keysPerOwner?: number;
      /**
       * How often a key may be used, together with the keys that it was rotated from and into; each backend process counts by
       * itself. Left out: as often as it wants.
       */
      requests?: { max: number; per: HumanDuration | string };
      /**
       * How often keys that are not accepted may be presented from an IP address (of IPv6, a /64) before the answer is 429. Good
       * keys are never held up by it.
       * @default { max: 30, per: '1 minute' }
       */
      failuresPerIp?: { max?: number; per?: HumanDuration | string };
    };
    /** Where in a request keys are accepted. */
    accept?: {
      /**
       * `Authorization: Bearer`. With false, a bearer token beside a key in the header is that of a proxy, and is not looked at.
       * @default true
       */
      bearer?: boolean;
      /**
       * The name of a header, or false for none.
       * @default X-API-Key
       */
      header?: string | false;
      /**
       * `Authorization: Basic`, with the key as password, or as user name with any password.
       * @default true
       */
      basic?: boolean;
      /**
       * The query parameter `api_key`. URLs end up in the logs of every proxy, in histories and in `Referer` headers: only for
       * clients that can do nothing else.
       * @default false
       */
      query?: boolean;
    };
    /** What keys have to be restricted to. Admins can set something else for a user or a group. */
    restrictions?: {
      /**
       * Whether every new key has to list the plugins that it is for. Keys without such a list that exist work on until they
       * end, and cannot be rotated.
       * @default false
       */
      required?: boolean;
      /** How many plugins a key may list, from 1 to 100; no limit if left out. */
      maxPlugins?: number;
      /**
       * Ids of plugins that no key may be used for, whenever it was made: directly, or through another plugin.
       * @default []
       */
      forbidden?: string[];
      /**
       * Routes that ask for a permission before they do anything, by the id of their plugin: `POST`, `PUT`, `PATCH` or
       * `DELETE` and the path within the plugin, such as `POST /todos/:id` or `POST /proxy/*`. Keys for some permissions of a
       * plugin may call these, and whatever is read with `GET`. The routes of Backstage's own plugins are known. Read in each
       * backend process.
       */
      guardedRoutes?: { [pluginId: string]: string[] };
      /**
       * Actions (tools of MCP clients) that ask for a permission before they do anything, or only call routes that do: their
       * ids, such as `todo:create`. Those of Backstage's own plugins are known. Read in each backend process.
       */
      guardedActions?: string[];
    };
    /** What keys can be for in services outside of Backstage, which ask for it at introspection or through a gateway. */
    scopes?: {
      /**
       * The scopes that keys may carry. Those that start with `api:` are of the catalog.
       * @default []
       */
      offered?: {
        /** What services ask for: visible ASCII characters without quotes and backslashes. */
        name: string;
        /** What the portal calls it; its name if left out. */
        title?: string;
        /** What it opens, for people who choose. */
        description?: string;
      }[];
      /**
       * Whether every API of the catalog is a scope too, by its entity ref: `api:default/petstore`.
       * @default false
       */
      catalogApis?: boolean;
    };
    /**
     * Entity refs of users and groups who administer everybody's keys whatever the permission policy says, also without the
     * permission framework.
     */
    admins?: string[];
    lastUsed?: {
      /**
       * How exactly the last use of a key is known, and so how often uses are written to the database. The first use of a key, and
       * the first one after an hour, are written within two seconds.
       * @default 1 minute
       */
      resolution?: HumanDuration | string;
      /**
       * Whether to keep the IP address of a key's last use.
       * @default true
       */
      recordIp?: boolean;
      /**
       * Ids of plugins where a use does not count: of one that something polls, say, which would keep every key alive.
       */
      excludePlugins?: string[];
    };
    verification?: {
      /**
       * The longest time for which a replica may still accept a key that was revoked on another one. In the meantime it looks
       * nothing up for a key that it knows. 0, or at least 100 milliseconds: each request with a key then costs a query.
       * @default 1 second
       */
      maxStaleness?: HumanDuration | string | 0;
    };
    /**
     * Who may tell, signed, that a secret was found where it should not be, at `POST /api/api-keys/v1/leaks`. Nobody, if neither
     * of the two is set.
     */
    leaks?: {
      /**
       * What becomes of a key whose secret was found: it is revoked, or it works on and its owner is told.
       * @default revoke
       */
      action?: 'revoke' | 'report';
      /** The partner program of GitHub's secret scanning. */
      github?: {
        /** @default false */
        enabled?: boolean;
        /**
         * Where GitHub's public keys are.
         * @default https://api.github.com/meta/public_keys/secret_scanning
         */
        keysUrl?: string;
        /**
         * A token for GitHub, without any permission: with one, it answers more often.
         * @visibility secret
         */
        token?: string;
      };
      /** Scanners of the company. */
      generic?: {
        /**
         * What they sign with, at least 32 characters each. All are tried, so that one can be replaced by another.
         * @deepVisibility secret
         */
        secrets: string[];
      };
    };
    /** What owners are told through Backstage's notifications, and so by e-mail and Slack where those are set up. */
    warnings?: {
      /**
       * How long before a key expires its owner is warned; `[]` is never. Each counts for keys whose life is longer than twice of it.
       * @default [14 days, 3 days, 1 day]
       */
      beforeExpiry?: (HumanDuration | string)[];
      /**
       * How long before an unused key goes inactive its owner is warned; `[]` is never. Each counts for keys whose inactivity timeout is
       * longer than twice of it.
       * @default [3 days]
       */
      beforeInactivity?: (HumanDuration | string)[];
      /**
       * Whether to tell that a key has expired.
       * @default true
       */
      afterExpiry?: boolean;
      /**
       * Whether to tell that a key was made, so that nobody makes one in somebody else's name unnoticed.
       * @default true
       */
      onCreation?: boolean;
    };
    offboarding?: {
      /**
       * How long after an owner has left the catalog the keys are revoked. They are refused within minutes. Time in which the
       * catalog was away or unwell does not count.
       * @default 1 day
       */
      revokeAfter?: HumanDuration | string;
    };
    events?: {
      /**
       * How long the trail of what happened is kept, and the daily numbers of uses.
       * @default 90 days
       */
      retention?: HumanDuration | string;
    };
    keys?: {
      /**
       * How long a key that has ended stays findable.
       * @default 365 days
       */
      retention?: HumanDuration | string;
    };
  };
}
