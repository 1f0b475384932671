import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import { ReactElement, Suspense } from 'react';
import { HomePageWidgetBlueprint } from './homePage';

it("a widget of Backstage's home page has a title, a description and a card with what it loads", async () => {
  const widget: {
    title?: string;
    description?: string;
    component: ReactElement;
  } = createExtensionTester(
    HomePageWidgetBlueprint.make({
      params: {
        name: 'Probe',
        title: 'Of the test',
        description: 'What it is for',
        components: async () => ({ Content: () => <p>Loaded</p> }),
      },
    }),
  ).get(homePageWidgetDataRef);
  expect(widget).toMatchObject({
    title: 'Of the test',
    description: 'What it is for',
  });
  renderInTestApp(<Suspense fallback={null}>{widget.component}</Suspense>);
  expect(await screen.findByText('Loaded')).toBeInTheDocument();
  expect(screen.getByText('Of the test')).toBeInTheDocument();
});
