import { DatabaseService } from '@backstage/backend-plugin-api';
import { DatabaseOutbox } from './DatabaseOutbox';
import { DatabaseRetention } from './DatabaseRetention';
import { DatabaseSecretDigests } from './DatabaseSecretDigests';
import { DatabaseTokenBindings } from './DatabaseTokenBindings';
import { DatabaseWarnings } from './DatabaseWarnings';
import { EventStore } from './EventStore';
import { KeyListeners } from './KeyListeners';
import { KeyStore } from './KeyStore';
import { openDatabase } from './migrations';
import { OwnerStore } from './OwnerStore';
import { PolicyStore } from './PolicyStore';
import { UsageStore } from './UsageStore';

/** The plugin's own database: SQLite or PostgreSQL. */
export type Stores = {
  keys: KeyStore;
  usage: UsageStore;
  owners: OwnerStore;
  policies: PolicyStore;
  events: EventStore;
  outbox: DatabaseOutbox;
  warnings: DatabaseWarnings;
  retention: DatabaseRetention;
  digests: DatabaseSecretDigests;
  tokenBindings: DatabaseTokenBindings;
  /** Receive every committed change from now on. */
  listeners: KeyListeners;
};

/** Opens the database and runs its migrations. */
export async function openStores(options: {
  database: DatabaseService;
}): Promise<Stores> {
  const knex = await openDatabase(options.database);
  const listeners = new KeyListeners();
  const context = { knex, listeners };
  return {
    keys: new KeyStore(context),
    usage: new UsageStore(context),
    owners: new OwnerStore(context),
    policies: new PolicyStore(context),
    events: new EventStore(context),
    outbox: new DatabaseOutbox(context),
    warnings: new DatabaseWarnings(context),
    retention: new DatabaseRetention(context),
    digests: new DatabaseSecretDigests(context),
    tokenBindings: new DatabaseTokenBindings(context),
    listeners,
  };
}
