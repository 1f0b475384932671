import { expect, Page } from '@playwright/test';
import { join } from 'node:path';
import { packageDir } from '../src/paths.mjs';
import { accessibilityProblems } from './accessibilityProblems';

/** Viewport and colour scheme of a test. */
export type Look = { name: string; width: number; scheme: 'light' | 'dark' };

// Each look opens a browser window of its own: when the colour scheme changes, Backstage rebuilds the page and closes
// its dialog.
export const EVERY_LOOK: Look[] = [1280, 400].flatMap(width =>
  (['light', 'dark'] as const).map(scheme => ({
    name: `${width} ${scheme}`,
    width,
    scheme,
  })),
);

const [WIDE_LIGHT, , , NARROW_DARK] = EVERY_LOOK;

/**
 * Covers each width and each scheme once: for long tests, whose screens share their components with those tested in
 * every look.
 */
export const LOOKS: Look[] = [WIDE_LIGHT, NARROW_DARK];

/**
 * The look of a portal does not depend on its database: with PostgreSQL available, each look runs on one of the two.
 */
export const SQLITE_LOOK_TAG = '@look-on-sqlite';
export const POSTGRES_LOOK_TAG = '@look-on-postgresql';

/** Tag of a test that runs in each look. */
export const lookTag = (look: Look): string =>
  look === NARROW_DARK ? POSTGRES_LOOK_TAG : SQLITE_LOOK_TAG;

/** Tag of a test that does not depend on the database. */
export const ONCE_TAG = '@once';

/** Waits for animations: axe would check colours and positions in transition. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(each => each.effect?.getComputedTiming().endTime !== Infinity)
      // Scroll-driven animations never finish.
      .filter(each => each.timeline instanceof DocumentTimeline);
    return Promise.allSettled(ending.map(each => each.finished));
  });
}

/**
 * Takes a screenshot and expects no serious accessibility problems.
 *
 * @param within - CSS selector of the part to check, on pages of other plugins
 */
export async function lookAt(
  page: Page,
  step: string,
  look: Look,
  within = 'html',
): Promise<void> {
  await settled(page);
  const file = `${step}-${look.width}-${look.scheme}.png`;
  await page.screenshot({
    path: join(packageDir, 'screenshots', file),
    animations: 'disabled',
  });
  const problems = await accessibilityProblems(page, within);
  expect.soft(problems, step).toEqual([]);
}
