import { Page } from '@playwright/test';
import axe from 'axe-core';

const UNACCEPTABLE = ['serious', 'critical'];

/**
 * Lists serious accessibility problems of the page; tests expect none.
 *
 * Runs axe directly, which takes a few hundredths of a second. Its binding for Playwright takes ten times as long: it
 * injects axe for each run, and merges the results of frames on an empty page, while the portal has no frames.
 *
 * @param within - CSS selector of the part to check
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
