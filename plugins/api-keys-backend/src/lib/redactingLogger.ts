import { LoggerService } from '@backstage/backend-plugin-api';
import { redactSecrets } from 'backstage-plugin-api-keys-node/internal';
import { redact } from './redact';

/** Logs without the secrets in messages, fields and errors. */
export function redactingLogger(logger: LoggerService): LoggerService {
  return {
    error: (message, meta) =>
      logger.error(redactSecrets(message), redact(meta)),
    warn: (message, meta) => logger.warn(redactSecrets(message), redact(meta)),
    info: (message, meta) => logger.info(redactSecrets(message), redact(meta)),
    debug: (message, meta) =>
      logger.debug(redactSecrets(message), redact(meta)),
    child: meta => redactingLogger(logger.child(redact(meta))),
  };
}
