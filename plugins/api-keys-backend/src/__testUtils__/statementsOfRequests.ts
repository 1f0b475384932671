import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { Knex } from 'knex';

/** What this process asks the database while it answers requests, as opposed to what it asks by itself, such as what other replicas changed. */
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
