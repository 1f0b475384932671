/**
 * What a key was used for. Days without a use are left out.
 *
 * @public
 */
export type ApiKeyUsage = {
  items: {
    /** `2026-11-24`, in UTC. */
    day: string;
    /** Id of the plugin. */
    plugin: string;
    /** Accepted uses. */
    uses: number;
  }[];
};

/**
 * How often keys were used, for whatever plugin. Days without a use are left out.
 *
 * @public
 */
export type ApiKeysUsage = {
  items: {
    keyId: string;
    /** `2026-11-24`, in UTC. */
    day: string;
    /** Accepted uses. */
    uses: number;
  }[];
};
