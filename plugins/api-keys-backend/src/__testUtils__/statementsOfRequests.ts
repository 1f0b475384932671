import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { Knex } from 'knex';

/**
 * Returns the SQL statements that this process sends to serve requests while `work` runs, without those of background
 * jobs such as polling for changes of other replicas.
 */
export async function statementsOfRequests(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const isInRequest = new AsyncLocalStorage<true>();
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => {
    if (isInRequest.getStore()) statements.push(sql);
  };
  const { emit } = Server.prototype;
  const spy = jest
    .spyOn(Server.prototype, 'emit')
    .mockImplementation(function emitEvent(this: Server, ...args) {
      return isInRequest.run(true, () => emit.apply(this, args));
    });
  knex.on('query', note);
  try {
    await work();
    return statements;
  } finally {
    knex.removeListener('query', note);
    spy.mockRestore();
  }
}
