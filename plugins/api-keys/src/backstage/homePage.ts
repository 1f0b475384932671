/* Blueprint of widgets on the home page (alpha in Backstage). */
export { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
