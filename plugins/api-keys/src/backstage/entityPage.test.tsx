import { Entity } from '@backstage/catalog-model';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { EntityCardBlueprint, EntityContentBlueprint } from './entityPage';

const loader = async () => <p>Of the test</p>;
const filter = { kind: { $in: ['user', 'group'] } };

const entityOf = (kind: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'ada' },
});

type Filter = ((entity: Entity) => boolean) | undefined;

describe("Backstage's page of an entity", () => {
  it.each([
    [
      'card',
      () => {
        const extension = createExtensionTester(
          EntityCardBlueprint.make({
            name: 'probe',
            params: { type: 'info', filter, loader },
          }),
        );
        const isFor: Filter = extension.get(
          EntityCardBlueprint.dataRefs.filterFunction,
        );
        const type: string | undefined = extension.get(
          EntityCardBlueprint.dataRefs.type,
        );
        expect(type).toBe('info');
        return {
          isFor,
          element: extension.get(coreExtensionData.reactElement),
        };
      },
    ],
    [
      'tab',
      () => {
        const extension = createExtensionTester(
          EntityContentBlueprint.make({
            name: 'probe',
            params: { path: '/probe', title: 'Probe', filter, loader },
          }),
        );
        expect(extension.get(coreExtensionData.routePath)).toBe('/probe');
        const title: string = extension.get(
          EntityContentBlueprint.dataRefs.title,
        );
        expect(title).toBe('Probe');
        const isFor: Filter = extension.get(
          EntityContentBlueprint.dataRefs.filterFunction,
        );
        return {
          isFor,
          element: extension.get(coreExtensionData.reactElement),
        };
      },
    ],
  ])(
    'has a %s on entities that match its filter, whatever the case of their kind, and loads it',
    async (_, open) => {
      const { isFor, element } = open();
      expect(isFor?.(entityOf('User'))).toBe(true);
      expect(isFor?.(entityOf('Group'))).toBe(true);
      expect(isFor?.(entityOf('Component'))).toBe(false);
      renderInTestApp(element);
      expect(await screen.findByText('Of the test')).toBeInTheDocument();
    },
  );
});
