/** Better Auth's types name a module that only Bun has. */
declare module 'bun:sqlite' {
  export class Database {}
}
