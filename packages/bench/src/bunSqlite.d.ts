/** Better Auth's types import a module that only Bun provides. */
declare module 'bun:sqlite' {
  export class Database {}
}
