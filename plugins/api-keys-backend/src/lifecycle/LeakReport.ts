/** Sender of leak reports: GitHub's secret scanning, or a scanner of the company. */
export type LeakReporter = 'github' | 'generic';

/** Place in which a secret was found. */
export type LeakReport = {
  /** The sender of the report. */
  scanner: LeakReporter;
  /** Address of the place, without any secret in it. */
  url?: string;
  /** Kind of place, such as `commit` or `issue_comment`. */
  source?: string;
};
