import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import apiKeysPlugin, { apiKeysApiRef } from '.';
import { COMPANY } from './__testUtils__/company';
import { FakeApiKeysApi } from './__testUtils__/FakeApiKeysApi';
import { aKey } from './__testUtils__/keys';
import * as legacy from './legacy';

const page = readFileSync(join(__dirname, '../../../docs/frontend.md'), 'utf8');

// With what Backstage's CLI reads configurations.
const { parse } = createRequire(require.resolve('@backstage/cli/package.json'))(
  'yaml',
);

/** An extension of the plugin by an id that a text has. */
const extensionOf = (id: string) =>
  apiKeysPlugin.getExtension(
    id as Parameters<typeof apiKeysPlugin.getExtension>[0],
  );

describe('docs/frontend.md', () => {
  it('names existing parts for both systems', () => {
    const rows = page
      .split('\n')
      .filter(line => line.startsWith('|'))
      .map(line => line.split('|').map(cell => cell.trim()));
    const named = (column: number, pattern: RegExp) =>
      rows.flatMap(cells => cells[column]?.match(pattern)?.[1] ?? []);
    const ids = named(2, /^`([a-z-]+:[a-z/-]+)`$/);
    const names = named(3, /^`(\w+)`$/);
    expect(ids).toHaveLength(8);
    expect(names).toHaveLength(9);
    for (const id of ids) expect(extensionOf(id)).toBeDefined();
    for (const name of names) expect(legacy).toHaveProperty(name);
  });

  it('has extension settings that work', () => {
    const [, yaml] = page.match(/^```yaml\n(.*?)^```$/ms)!;
    const { extensions } = parse(yaml).app;
    const [off, changed] = extensions.map(
      (entry: object) => Object.entries(entry)[0],
    );
    expect(extensionOf(off[0])).toBeDefined();
    expect(off[1]).toBe(false);

    const [id, { config }] = changed;
    expect(id).toBe('entity-content:api-keys');
    const tab = createExtensionTester(
      apiKeysPlugin.getExtension('entity-content:api-keys'),
      { config },
    );
    expect(tab.get(coreExtensionData.routePath)).toBe('/keys');
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Keys');
    const isFor: ((entity: Entity) => boolean) | undefined = tab.get(
      EntityContentBlueprint.dataRefs.filterFunction,
    );
    const expression: string | undefined = tab.get(
      EntityContentBlueprint.dataRefs.filterExpression,
    );
    const [ada, , team] = COMPANY;
    expect([ada, team].map(entity => isFor?.(entity))).toEqual([false, true]);
    expect(expression).toBeUndefined();
  });

  it('moves both pages and redirects from the old paths', async () => {
    const [, [, yaml]] = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)];
    renderTestApp({
      features: [apiKeysPlugin],
      initialRouteEntries: ['/api-keys/k1'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      config: {
        ...parse(yaml),
        backend: { baseUrl: 'http://localhost:7007' },
      },
      apis: [
        [apiKeysApiRef, new FakeApiKeysApi([aKey()])],
        [catalogApiRef, catalogApiMock({ entities: COMPANY })],
      ],
    });
    await screen.findByRole('heading', { level: 2, name: /CI deploy/ });
    const back = await screen.findByRole('link', { name: 'All your API keys' });
    expect(back).toHaveAttribute('href', '/tokens');
    const [admin] = screen.getAllByRole('link', { name: 'API keys admin' });
    expect(admin).toHaveAttribute('href', '/tokens-admin');
    await userEvent.click(admin);
    expect(
      await screen.findByRole('region', { name: 'Everybody’s API keys' }),
    ).toBeInTheDocument();
  });
});

describe('docs/getting-started.md', () => {
  it('has the steps for the old frontend system that the app in dev/ is made of', () => {
    const read = (file: string) =>
      readFileSync(join(__dirname, '../../..', file), 'utf8');
    const squeeze = (text: string) => text.replace(/\s/g, '');
    const app = squeeze(read('plugins/api-keys/dev/legacyApp.tsx'));
    const [, section] = read('docs/getting-started.md').split(
      '## On the old frontend system',
    );
    const steps = section.split('\n## ')[0].match(/^<[A-Z].*\/>$/gm)!;
    expect(steps).toHaveLength(4);
    for (const step of steps) {
      expect(app).toContain(squeeze(step));
      expect(squeeze(page)).toContain(squeeze(step));
    }
  });
});
