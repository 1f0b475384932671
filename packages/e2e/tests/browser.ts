import { test as base } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../src/chromium.mjs';

/** Runs tests in the Chromium of this machine. */
export const test = base.extend<{}, {}>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { executablePath, env } = await findChromium();
      await use({
        ...launchOptions,
        executablePath,
        args: CHROMIUM_ARGS,
        env: { ...definedOnly(process.env), ...env },
      });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
