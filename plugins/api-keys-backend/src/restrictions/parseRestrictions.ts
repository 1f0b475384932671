import { InputError } from '@backstage/errors';
import {
  parseRestrictions as parse,
  RequestedRestrictions,
} from 'backstage-plugin-api-keys-node/internal';

const PROBLEMS_MAX = 10;

/**
 * Reads the restrictions in a request for a new key, in the canonical form in which they are stored.
 *
 * @throws InputError naming the entries that are wrong
 */
export function parseRestrictions(
  requested: RequestedRestrictions,
): RequestedRestrictions {
  const { restrictions, problems } = parse(requested);
  refuse(problems);
  return restrictions;
}

/** @throws InputError that lists the first of the problems, if there are any */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InputError(problems.slice(0, PROBLEMS_MAX).join('; '));
}
