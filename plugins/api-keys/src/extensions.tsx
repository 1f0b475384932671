import { Content } from '@backstage/core-components';
import { SubPageBlueprint } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from './backstage/entityPage';
import { HomePageWidgetBlueprint } from './backstage/homePage';
import { titleOf } from './translations/titleOf';

/** Entities that can own keys. */
const owners = { kind: { $in: ['user', 'group'] } };

const settingsTab = SubPageBlueprint.makeWithOverrides({
  name: 'settings',
  attachTo: { id: 'page:user-settings', input: 'pages' },
  factory: (make, { config }) =>
    make({
      path: 'api-keys',
      title: config.title ?? titleOf('places.title'),
      loader: () =>
        import('./settings/ApiKeysSettings').then(m => (
          <Content>
            <m.ApiKeysSettings />
          </Content>
        )),
    }),
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: owners,
    loader: () =>
      import('./entity/EntityApiKeysCard').then(m => <m.EntityApiKeysCard />),
  },
});

const apiCard = EntityCardBlueprint.make({
  name: 'api-scope',
  params: {
    type: 'content',
    filter: { kind: 'api' },
    loader: () =>
      import('./entity/EntityApiScopeCard').then(m => <m.EntityApiScopeCard />),
  },
});

const entityContent = EntityContentBlueprint.makeWithOverrides({
  factory: (make, { config }) =>
    make({
      path: '/api-keys',
      title:
        config.title ??
        titleOf('places.title', EntityContentBlueprint.dataRefs),
      filter: owners,
      loader: () =>
        import('./entity/EntityApiKeysContent').then(m => (
          <m.EntityApiKeysContent />
        )),
    }),
});

const homeWidget = HomePageWidgetBlueprint.make({
  params: {
    name: 'ApiKeys',
    title: 'API keys',
    description: 'Which of your API keys end soon',
    components: () =>
      import('./home/AttentionSummary').then(m => ({
        Content: m.AttentionSummary,
      })),
  },
});

/** Extensions of other plugins' pages. Apps without such a page ignore its extension. */
export const extensions = [
  settingsTab,
  entityCard,
  apiCard,
  entityContent,
  homeWidget,
];
