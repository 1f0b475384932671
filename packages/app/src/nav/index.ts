import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { PortalNav } from './PortalNav';

/** Replaces the sidebar of the app. */
export const portalNav = NavContentBlueprint.make({
  params: { component: PortalNav },
});
