import { ApiKeyUse } from 'backstage-plugin-api-keys-node/internal';
import { UsageDelta } from '../lifecycle/UsageDelta';
import { startOfDay } from '../lifecycle/time';
import { recordedUserAgent } from './recordedUserAgent';

/**
 * Unwritten uses of one key. There may be thousands a second, so they are counted in place, and details of a use are only
 * processed if they differ from those of the previous one.
 */
export class UsageBuffer implements UsageDelta {
  readonly keyId: string;
  /** A use from this time on is written early, in milliseconds since 1970. */
  readonly earlyFrom: number;
  count = 0;
  lastUsedAt = 0;
  lastUsedIp: string | undefined;
  lastUsedUserAgent: string | undefined;
  readonly daily: { day: number; plugin: string; count: number }[] = [];

  #userAgent: string | undefined;

  constructor(keyId: string, earlyFrom: number) {
    this.keyId = keyId;
    this.earlyFrom = earlyFrom;
  }

  add({ plugin, ip, userAgent, count }: ApiKeyUse, at: number): void {
    this.#count(startOfDay(at), plugin, count ?? 1);
    this.#setLast(at, ip, userAgent);
  }

  /** Adds the uses of the same key that were recorded after these. */
  addAll(later: UsageBuffer): void {
    for (const { day, plugin, count } of later.daily) {
      this.#count(day, plugin, count);
    }
    this.#setLast(later.lastUsedAt, later.lastUsedIp, later.#userAgent);
  }

  #count(day: number, plugin: string, count: number) {
    this.count += count;
    for (const one of this.daily) {
      if (one.day === day && one.plugin === plugin) {
        one.count += count;
        return;
      }
    }
    this.daily.push({ day, plugin, count });
  }

  #setLast(at: number, ip: string | undefined, userAgent: string | undefined) {
    if (at < this.lastUsedAt) return;
    this.lastUsedAt = at;
    this.lastUsedIp = ip;
    if (userAgent !== this.#userAgent) {
      this.#userAgent = userAgent;
      this.lastUsedUserAgent = recordedUserAgent(userAgent);
    }
  }
}
