import { LoggerService } from '@backstage/backend-plugin-api';
import { TESTED_BACKSTAGE } from './testedBackstage';

const { oldest, newest } = TESTED_BACKSTAGE;

const TESTED_RANGE = `Backstage ${oldest.release} to ${newest.release}`;

/**
 * Rejects a release of Backstage that is older than all those that API keys support.
 *
 * @param version - of `@backstage/backend-defaults`; undefined if unknown, which is accepted
 */
export function requireSupportedBackstage(version: string | undefined): void {
  const numbers = numbersOf(version);
  if (!numbers || isNightly(numbers)) return;
  if (compare(numbers, oldest.backendDefaults) >= 0) return;
  throw new Error(
    `API keys need Backstage ${oldest.release} or newer, which has @backstage/backend-defaults ${oldest.backendDefaults}, and this backend runs with ${version}: upgrade Backstage, for example with "yarn backstage-cli versions:bump"`,
  );
}

/**
 * Logs a release of Backstage that is newer than all those that API keys were tested with.
 *
 * @param version - of `@backstage/backend-defaults`; undefined if unknown
 */
export function reportUntestedBackstage(
  version: string | undefined,
  logger: LoggerService,
): void {
  const numbers = numbersOf(version);
  if (!numbers) {
    logger.debug(
      `The release of Backstage is unknown. API keys were tested with ${TESTED_RANGE}`,
    );
    return;
  }
  const isNewer =
    isNightly(numbers) || compare(numbers, newest.backendDefaults) > 0;
  if (!isNewer) return;
  logger.info(
    `This release of Backstage is newer than those that API keys were tested with: it has @backstage/backend-defaults ${version}, and they were tested with ${TESTED_RANGE} (${oldest.backendDefaults} to ${newest.backendDefaults})`,
  );
}

type Numbers = [major: number, minor: number, patch: number];

/** Ignores what follows the three numbers, as in `0.20.0-next.1`. */
function numbersOf(version: string | undefined): Numbers | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version ?? '');
  return match
    ? [Number(match[1]), Number(match[2]), Number(match[3])]
    : undefined;
}

/** Nightly builds are `0.0.0-nightly-…`, and newer than all releases. */
function isNightly(numbers: Numbers): boolean {
  return numbers.every(number => number === 0);
}

/** Returns a negative number, 0 or a positive number, as `Array.sort` expects. */
function compare(numbers: Numbers, version: string): number {
  const others = numbersOf(version) ?? [0, 0, 0];
  const i = numbers.findIndex((number, at) => number !== others[at]);
  return i < 0 ? 0 : numbers[i] - others[i];
}
