/*
 * Widgets on the home page, which people place there themselves.
 */
export { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
