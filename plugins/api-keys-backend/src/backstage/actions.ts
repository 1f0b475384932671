/* Ref of Backstage's actions service. Depending on it creates our implementation, or the one that has replaced it. */
export { actionsServiceRef } from '@backstage/backend-plugin-api/alpha';
