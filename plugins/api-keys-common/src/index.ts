/**
 * Types, permissions and client of API keys for Backstage.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './denials';
export * from './durations';
export * from './events';
export * from './introspection';
export * from './requests';
export * from './signals';
export * from './summary';
export * from './limits';
export * from './ownerConfirmations';
export * from './ownerKinds';
export * from './ownerPolicies';
export * from './permissions';
export * from './restrictions';
export * from './scopeHolders';
export * from './scopes';
export * from './secrets';
export * from './statuses';
export * from './texts';
export * from './usage';
export * from './warnings';
export * from './ApiKeysClient';
export { UnexpectedAnswerError } from './answers';
