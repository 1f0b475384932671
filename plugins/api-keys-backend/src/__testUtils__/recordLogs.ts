import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';

/** A root logger for portals with a port, and each line that any of them logs, in JSON. */
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

/** The texts of an error are no enumerable properties. */
function withErrors(_key: string, value: unknown) {
  return value instanceof Error ? { ...value, text: value.stack } : value;
}
