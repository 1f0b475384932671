/** Who tells of leaks: GitHub's secret scanning, or a scanner of the company. */
export type LeakSender = 'github' | 'generic';

/** Where a secret was found that should not be there. */
export type LeakFind = {
  /** Who told. */
  scanner: LeakSender;
  /** Where it is, without any secret in it. */
  url?: string;
  /** What kind of place that is, such as `commit` or `issue_comment`. */
  source?: string;
};
