/*
 * Backstage's actions service, of which this package needs the ref alone: asking for it creates the one that knows of keys, or the
 * one that has taken its place.
 */
export { actionsServiceRef } from '@backstage/backend-plugin-api/alpha';
