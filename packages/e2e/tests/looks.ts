import { expect, Page } from '@playwright/test';
import { join } from 'node:path';
import { packageDir } from '../src/paths.mjs';
import { accessibilityProblems } from './accessibilityProblems';

/** A way in which somebody looks at the portal. */
export type Look = { name: string; width: number; scheme: 'light' | 'dark' };

// One browser window for each: when the colours change, Backstage builds the page anew, without its open dialog.
export const EVERY_LOOK: Look[] = [1280, 400].flatMap(width =>
  (['light', 'dark'] as const).map(scheme => ({
    name: `${width} ${scheme}`,
    width,
    scheme,
  })),
);

const [WIDE_LIGHT, , , NARROW_DARK] = EVERY_LOOK;

/** Each width and each scheme once: for long stories, whose screens are made of the same pieces as those in every look. */
export const LOOKS: Look[] = [WIDE_LIGHT, NARROW_DARK];

/** What a portal looks like has nothing to do with its database: where there is PostgreSQL, looks are told on one of the two. */
export const SQLITE_LOOK_TAG = '@look-on-sqlite';
export const POSTGRES_LOOK_TAG = '@look-on-postgresql';

/** Marks a story that is told in each look. */
export const lookTag = (look: Look): string =>
  look === NARROW_DARK ? POSTGRES_LOOK_TAG : SQLITE_LOOK_TAG;

/** Marks a test of what has nothing to do with the database. */
export const ONCE_TAG = '@once';

/** Colours and positions on their way would be judged as if they stayed. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(each => each.effect?.getComputedTiming().endTime !== Infinity)
      // One that follows the scroll position ends with the page alone.
      .filter(each => each.timeline instanceof DocumentTimeline);
    return Promise.allSettled(ending.map(each => each.finished));
  });
}

/**
 * Takes a picture of what is on the screen, and finds nothing there that keeps people out.
 *
 * @param within - a CSS selector of what to judge, on pages that are others'
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
