/** The uses of one key since the last flush. */
export type KeyUses = {
  keyId: string;
  count: number;
  lastUsedAt: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
  daily: readonly DailyUses[];
};

/** The uses of one key on one day by one plugin. */
export type DailyUses = {
  /** The start of the day in UTC, in milliseconds since 1970. */
  day: number;
  plugin: string;
  count: number;
};

/** The uses of one key on one day, by whatever plugin. */
export type UsesOnDay = { keyId: string } & Omit<DailyUses, 'plugin'>;
