/*
 * Backstage's HTTP authentication. It asks the auth service that it was created with about the bearer token of a request, once a
 * request, when a plugin asks for credentials.
 */
export { DefaultHttpAuthService } from '@backstage/backend-defaults/httpAuth';
