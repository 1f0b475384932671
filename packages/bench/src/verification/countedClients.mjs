import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { StatementCounter } from '../statements.mjs';

// Keeps Backstage's log out of the report.
process.env.LOG_LEVEL ??= 'error';

/** Counts the statements of all contenders in this process. */
export const statements = new StatementCounter({ pg, BetterSqlite3 });
