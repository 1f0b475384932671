/*
 * The decorator of Backstage's handler of tokens between plugins, of which this package needs the ref alone: asking for it creates the
 * one that knows of keys, or the one that has taken its place.
 */
export { pluginTokenHandlerDecoratorServiceRef } from '@backstage/backend-defaults/auth';
