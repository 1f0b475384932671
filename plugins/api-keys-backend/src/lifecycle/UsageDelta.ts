/** Uses of one key since the last flush. */
export type UsageDelta = {
  keyId: string;
  count: number;
  lastUsedAt: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
  daily: readonly DailyUsage[];
};

/** Uses of one key by one plugin on one day. */
export type DailyUsage = {
  /** The start of the day in UTC, in milliseconds since 1970. */
  day: number;
  plugin: string;
  count: number;
};

/** Uses of one key on one day, by all plugins. */
export type UsageOnDay = { keyId: string } & Omit<DailyUsage, 'plugin'>;
