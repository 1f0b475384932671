import { mockServices } from '@backstage/backend-test-utils';
import { FailureLog } from './FailureLog';

it('logs the first of several failures in a row, and that the work succeeds again', () => {
  const logger = mockServices.logger.mock();
  const log = new FailureLog(logger);
  const error = new Error('away');

  log.succeeded('works again');
  expect(logger.info).not.toHaveBeenCalled();

  log.failed('is away', error);
  log.failed('is away', error);
  expect(log.isFailing).toBe(true);
  expect(logger.warn.mock.calls).toEqual([['is away', error]]);

  log.succeeded('works again');
  log.succeeded('works again');
  expect(log.isFailing).toBe(false);
  expect(logger.info.mock.calls).toEqual([['works again']]);

  log.failed('is away again');
  expect(logger.warn).toHaveBeenCalledTimes(2);
});
