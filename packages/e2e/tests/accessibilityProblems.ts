import { Page } from '@playwright/test';
import axe from 'axe-core';

const UNACCEPTABLE = ['serious', 'critical'];

/**
 * What keeps people out of that which is on the screen, of which there should be nothing.
 *
 * axe judges a page in a few hundredths of a second. Its own binding for Playwright brings it in anew for each
 * judgement, and puts the results together on an empty page, for the sake of frames, which the portal has none of:
 * that takes ten times as long.
 *
 * @param within - a CSS selector of what to judge
 */
export async function accessibilityProblems(
  page: Page,
  within: string,
): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(axe.source);

  const { violations } = await page.evaluate(
    selector =>
      (window as Window & { axe?: typeof axe }).axe!.run(
        { include: [selector] },
        { resultTypes: ['violations'] },
      ),
    within,
  );
  return violations
    .filter(({ impact }) => UNACCEPTABLE.includes(impact ?? ''))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`),
    );
}
