import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { startReplicas } from '../__testUtils__/replicas';
import { KeyEvent } from '../lifecycle/KeyEvent';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'an event has no secret in it, in the trail and for listeners, on %s',
  async databaseId => {
    const replicas = await startReplicas(databases, databaseId);
    const [stores] = replicas.stores;
    const heard: KeyEvent[] = [];
    stores.listeners.add({ eventsAdded: events => heard.push(...events) });
    const secret = generateSecret('bsk');
    await stores.events.addSecurityEvent({
      type: 'updated',
      keyId: '00000000-0000-4000-8000-000000000000',
      owner: 'user:default/ada',
      at: 1,
      once: 'x',
      details: { name: `curl ${secret}`, ...{ list: [{ [secret]: secret }] } },
    });
    const details = {
      name: 'curl bsk_[redacted]',
      list: [{ 'bsk_[redacted]': 'bsk_[redacted]' }],
    };
    expect(heard).toMatchObject([{ details }]);
    const [row] = await replicas.knex('api_key_events');
    expect(JSON.parse(row.details)).toEqual(details);
    await replicas.stop();
  },
);
