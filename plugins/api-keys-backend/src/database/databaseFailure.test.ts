import { KnexTimeoutError } from 'knex';
import { databaseFailureOf, refusesCommit } from './databaseFailure';

const coded = (code: string, message = 'as the driver says it') =>
  Object.assign(new Error(message), { code });

describe('the failure that a database error stands for', () => {
  it.each([
    ['away', coded('ECONNREFUSED')],
    ['away', coded('ECONNRESET')],
    ['away', coded('EPIPE')],
    ['away', coded('ENOTFOUND')],
    ['away', coded('EAI_AGAIN')],
    ['away', coded('ETIMEDOUT')],
    ['away', coded('08006')],
    ['away', coded('28P01')],
    ['away', coded('57P01')],
    ['away', coded('57P03')],
    ['away', coded('SQLITE_IOERR_FSYNC')],
    ['away', coded('SQLITE_CANTOPEN')],
    ['away', new Error('Connection terminated unexpectedly')],
    ['away', new Error('COMMIT; - Connection terminated unexpectedly')],
    ['away', new Error('Connection terminated due to connection timeout')],
    ['away', new Error('timeout exceeded when trying to connect')],
    [
      'away',
      new Error(
        'select 1 - Client has encountered a connection error and is not queryable',
      ),
    ],
    ['away', new Error('Unable to acquire a connection')],
    ['away', new TypeError('select 1 - The database connection is not open')],
    ['read-only', coded('25006')],
    ['read-only', coded('SQLITE_READONLY')],
    ['read-only', coded('SQLITE_READONLY_DBMOVED')],
    ['full', coded('53100')],
    ['full', coded('53200')],
    ['full', coded('SQLITE_FULL')],
    ['busy', coded('53300')],
    ['busy', coded('40001')],
    ['busy', coded('40P01')],
    ['busy', coded('55P03')],
    ['busy', coded('57014')],
    ['busy', coded('SQLITE_BUSY')],
    ['busy', coded('SQLITE_BUSY_SNAPSHOT')],
    ['busy', coded('SQLITE_LOCKED')],
    ['busy', new KnexTimeoutError('Timeout acquiring a connection')],
  ])('is %s for %s', (failure, error) => {
    expect(databaseFailureOf(error)).toBe(failure);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['a unique violation of SQLite', coded('SQLITE_CONSTRAINT_UNIQUE')],
    ['a table that is missing', coded('42P01')],
    ['a syntax error', coded('42601')],
    ['a corrupt file', coded('SQLITE_CORRUPT')],
    ['a bug', new TypeError('x is not a function')],
    ['what is no error', 'Connection terminated'],
    ['nothing', undefined],
    [
      'a bug whose statement has such words in it',
      coded('23505', "insert 'Connection terminated' - duplicate key"),
    ],
  ])(
    'is none for an error that is not about the state of the database: %s',
    (_, error) => {
      expect(databaseFailureOf(error)).toBeUndefined();
    },
  );
});

describe('an error of a COMMIT', () => {
  it.each([
    coded('40001'),
    coded('53100'),
    coded('23505'),
    coded('SQLITE_BUSY'),
  ])('means that the transaction is rolled back: %s', error =>
    expect(refusesCommit(error)).toBe(true),
  );

  it.each([
    coded('57P01'),
    coded('08006'),
    coded('ECONNRESET'),
    coded('EPIPE'),
    coded('SQLITE_IOERR_FSYNC'),
    new Error('Connection terminated unexpectedly'),
    new KnexTimeoutError('too late'),
  ])('leaves the outcome of the transaction open: $code $message', error =>
    expect(refusesCommit(error)).toBe(false),
  );
});
