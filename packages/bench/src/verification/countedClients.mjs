import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { StatementCounter } from '../statements.mjs';

// Backstage's own log would be in the report's way.
process.env.LOG_LEVEL ??= 'error';

/** Of everybody in this process. */
export const statements = new StatementCounter({ pg, BetterSqlite3 });
