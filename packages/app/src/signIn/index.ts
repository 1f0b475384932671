import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/** Replaces the sign-in page of the app. */
export const demoSignInPage = SignInPageBlueprint.make({
  params: {
    loader: () => import('./DemoSignInPage').then(m => m.DemoSignInPage),
  },
});
