import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import techdocsPlugin from '@backstage/plugin-techdocs-backend';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import {
  SharedDatabases,
  sharedDatabases,
} from '../../__testUtils__/sharedDatabases';
import { TestPortal } from '../../__testUtils__/startTestPortal';
import { startStockPortal } from '../../__testUtils__/stockPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const shop: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    namespace: 'default',
    annotations: {
      'backstage.io/techdocs-ref': 'url:https://example.com/docs',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};

const ENTITY = 'default/component/shop';
const PAGES = [
  `/api/techdocs/metadata/entity/${ENTITY}`,
  `/api/techdocs/metadata/techdocs/${ENTITY}`,
  `/api/techdocs/static/docs/${ENTITY}/index.html`,
];

/** TechDocs caches an entity for five seconds, by the printed credentials of the caller. */
describe('a page of TechDocs', () => {
  let shared: SharedDatabases;
  let portal: TestPortal;
  let docs: string;

  beforeAll(async () => {
    docs = await mkdtemp(join(tmpdir(), 'api-keys-docs-'));
    await mkdir(join(docs, ENTITY), { recursive: true });
    await writeFile(join(docs, ENTITY, 'index.html'), '<h1>Shop</h1>');
    await writeFile(join(docs, ENTITY, 'techdocs_metadata.json'), '{}');
    shared = await sharedDatabases(databases, 'SQLITE_3');
    portal = await startStockPortal({
      shared,
      features: [techdocsPlugin],
      entities: [shop],
      config: {
        techdocs: {
          builder: 'external',
          publisher: { type: 'local', local: { publishDirectory: docs } },
        },
      },
    });
  });

  afterAll(async () => {
    await portal.stop();
    await shared.remove();
    await rm(docs, { recursive: true });
  });

  const read = async (bearer: string) =>
    Promise.all(
      PAGES.map(async path => (await portal.call('get', path, bearer)).status),
    );

  const keyFor = async (
    ...accessRestrictions: CreateApiKeyRequest['accessRestrictions'] & {}
  ) => (await portal.createKey('ada', { accessRestrictions })).secret;

  const TECHDOCS = { plugin: 'techdocs' };
  const CATALOG = { plugin: 'catalog' };

  it('is denied to a key that is not for the catalog, also right after its owner and another key of theirs have read it', async () => {
    const secret = await keyFor(TECHDOCS);
    expect(await read(secret)).toEqual([403, 403, 403]);
    expect(await read(await portal.signIn('ada'))).toEqual([200, 200, 200]);
    expect(await read(secret)).toEqual([403, 403, 403]);
    expect(await read(await keyFor(TECHDOCS, CATALOG))).toEqual([
      200, 200, 200,
    ]);
    expect(await read(secret)).toEqual([403, 403, 403]);
  });

  it('is denied to a key that may read no entity, also right after its owner has read it', async () => {
    const secret = await keyFor(TECHDOCS, {
      ...CATALOG,
      permission: ['catalog.location.read'],
    });
    expect(await read(secret)).toEqual([403, 403, 403]);
    expect(await read(await portal.signIn('ada'))).toEqual([200, 200, 200]);
    expect(await read(secret)).toEqual([403, 403, 403]);
  });

  it('is served to its owner, also right after a key was denied', async () => {
    expect(await read(await keyFor(TECHDOCS))).toEqual([403, 403, 403]);
    expect(await read(await portal.signIn('ada'))).toEqual([200, 200, 200]);
  });

  it('is served to a key for both, and denied at once when the key is revoked', async () => {
    const { key, secret } = await portal.createKey('ada', {
      accessRestrictions: [TECHDOCS, CATALOG],
    });
    expect(await read(secret)).toEqual([200, 200, 200]);
    const session = await portal.signIn('ada');
    await portal
      .call('delete', `/api/api-keys/v1/keys/${key.id}`, session)
      .expect(204);
    expect(await read(secret)).toEqual([401, 401, 401]);
  });

  it('is denied to a key that is not for TechDocs', async () => {
    expect(await read(await keyFor(CATALOG))).toEqual([403, 403, 403]);
  });
});
