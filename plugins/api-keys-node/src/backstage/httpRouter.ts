export { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
