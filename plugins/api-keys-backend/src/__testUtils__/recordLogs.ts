import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';

/** Root logger for portals with a port that records each line in JSON. */
export function recordLogs(): { logger: BackendFeature; lines: string[] } {
  const lines: string[] = [];
  const logger = mockServices.rootLogger.mock({ child: () => logger });
  for (const level of ['info', 'warn', 'error', 'debug'] as const) {
    logger[level].mockImplementation((...line) => {
      lines.push(`${level} ${JSON.stringify(line, withErrors)}`);
    });
  }
  return { logger: logger.factory, lines };
}

/** The message and stack of an error are not enumerable. */
function withErrors(_key: string, value: unknown) {
  return value instanceof Error ? { ...value, text: value.stack } : value;
}
