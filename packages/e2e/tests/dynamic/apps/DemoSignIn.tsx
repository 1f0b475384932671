import {
  configApiRef,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import { demoIdentity } from './demoIdentity';

/** Signs in without asking for a user. */
export const DemoSignIn = ({ onSignInSuccess }: SignInPageProps) => {
  const backendUrl = useApi(configApiRef).getString('backend.baseUrl');
  useEffect(() => {
    onSignInSuccess(demoIdentity(backendUrl));
  }, [onSignInSuccess, backendUrl]);
  return null;
};
