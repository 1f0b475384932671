import type { Attempt } from '../../src/Client';

/** Prints figures for the log of the test run, from which the docs take them. */
export function print(title: string, lines: readonly string[]): void {
  console.log([`  ${title}`, ...lines.map(line => `    ${line}`)].join('\n'));
}

export function spread(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part: number) =>
    Math.round(sorted[Math.floor((sorted.length - 1) * part)]);
  return `${sorted.length} rounds, median ${at(0.5)} ms, longest ${at(1)} ms`;
}

export function outcomeOf({ status, error }: Attempt): string {
  return String(status ?? error);
}

export function countOutcomes(attempts: readonly Attempt[]): string {
  const counts = new Map<string, number>();
  for (const attempt of attempts) {
    const outcome = outcomeOf(attempt);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([outcome, count]) => `${outcome} × ${count}`)
    .join(', ');
}

/** Counts the outcomes of each second; `since` is a time of `performance.now()`. */
export function timeline(
  attempts: readonly Attempt[],
  since: number,
): string[] {
  const seconds = new Map<number, Attempt[]>();
  for (const attempt of attempts) {
    const second = Math.floor((attempt.endedAt - since) / 1000);
    seconds.set(second, [...(seconds.get(second) ?? []), attempt]);
  }
  return [...seconds]
    .sort(([one], [other]) => one - other)
    .map(([second, those]) => {
      const slowest = Math.max(
        ...those.map(each => each.endedAt - each.sentAt),
      );
      const label = String(second).padStart(3);
      return `${label} s: ${countOutcomes(those)} (slowest ${Math.round(
        slowest,
      )} ms)`;
    });
}
