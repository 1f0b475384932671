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
