import {
  Config,
  ConfigReader,
  readDurationFromConfig,
} from '@backstage/config';
import { invalidConfigValue } from 'backstage-plugin-api-keys-node/internal';
import { HumanDuration } from '@backstage/types';
import { durationLength } from 'backstage-plugin-api-keys-common';
import { durationInWords } from '../lifecycle/time';

export const SECOND = 1000;
export const DAY = 24 * 60 * 60 * SECOND;

type Bounds = { min: number; max: number };

/** Reads a duration, in milliseconds. */
export function readMilliseconds(
  config: Config,
  key: string,
  options: Bounds & { fallback: HumanDuration; orZero?: boolean },
): number {
  const duration = config.has(key)
    ? readDurationFromConfig(config, { key })
    : options.fallback;
  const milliseconds = durationLength(duration);
  if (options.orZero && milliseconds === 0) return 0;
  if (milliseconds < options.min || milliseconds > options.max) {
    throw invalidConfigValue(
      key,
      config.get(key),
      `${options.orZero ? '0 or ' : ''}between ${inWords(options)}`,
    );
  }
  return milliseconds;
}

/** Reads a list of durations, in milliseconds, shortest first, without duplicates. The list may be empty. */
export function readMillisecondsList(
  config: Config,
  key: string,
  options: Bounds & { fallback: HumanDuration[] },
): number[] {
  const list = config.getOptional(key) ?? options.fallback;
  if (!Array.isArray(list)) {
    throw invalidConfigValue(
      key,
      list,
      'a list of durations, such as [14 days, 1 day]',
    );
  }
  const durations = list.map((duration, index) => {
    const item = new ConfigReader({ duration });
    try {
      return readMilliseconds(item, 'duration', { ...options, fallback: {} });
    } catch {
      throw invalidConfigValue(
        `${key}[${index}]`,
        duration,
        `a duration between ${inWords(options)}`,
      );
    }
  });
  return [...new Set(durations)].sort((a, b) => a - b);
}

function inWords({ min, max }: Bounds): string {
  return `${durationInWords(min)} and ${durationInWords(max)}`;
}
