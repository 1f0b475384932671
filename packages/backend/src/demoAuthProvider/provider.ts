import {
  KubernetesValidatorFunctions,
  UserEntity,
} from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
  NotImplementedError,
  isError,
} from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  AuthResolverContext,
  ClientAuthResponse,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import { Request, Response } from 'express';

const USAGE =
  'Sign in to the demo with POST /api/auth/demo/refresh and the JSON body {"user": "<name of a user in the catalog>"}';

/**
 * Routes of the provider. Only `refresh` is implemented: it takes `{"user": "ada"}` and responds like the refresh of
 * any other provider.
 *
 * There is no cookie. The app stores the user's name and sends it each time, so another site cannot make a browser
 * send credentials, and there is nothing to clear on sign-out.
 */
export function createDemoProvider(
  resolverContext: AuthResolverContext,
): AuthProviderRouteHandlers {
  return {
    async start() {
      throw new NotImplementedError(USAGE);
    },

    async frameHandler() {
      throw new NotImplementedError(USAGE);
    },

    async refresh(req, res: Response<ClientAuthResponse<{}>>) {
      const name = readUserName(req);
      const query = { entityRef: { kind: 'User', name } };
      try {
        const { entity } = await resolverContext.findCatalogUser(query);
        const signIn = await resolverContext.signInWithCatalogUser(query);
        const { profile = {} } = (entity as UserEntity).spec;
        res.set('Cache-Control', 'no-store').json({
          providerInfo: {},
          profile: { displayName: profile.displayName, email: profile.email },
          backstageIdentity: prepareBackstageIdentityResponse(signIn),
        });
      } catch (error) {
        // Other errors, such as an unreachable catalog, are not the caller's fault and pass through unchanged.
        if (isError(error) && error.name === NotFoundError.name) {
          throw new AuthenticationError(
            `There is no user '${name}' in the catalog. Right after the first start, the catalog needs a few seconds to read its files.`,
          );
        }
        throw error;
      }
    },
  };
}

/** The refresh route of a provider accepts GET and forms as well; this one does not. */
function readUserName(req: Request): string {
  if (req.method !== 'POST') {
    throw Object.assign(new Error(USAGE), {
      name: 'MethodNotAllowedError',
      statusCode: 405,
    });
  }
  if (!req.is('application/json')) {
    throw new InputError(USAGE);
  }
  const user: unknown = req.body.user;
  if (user === undefined) {
    throw new InputError("The field 'user' is missing");
  }
  if (!KubernetesValidatorFunctions.isValidObjectName(user)) {
    throw new InputError(
      'The field \'user\' has to be the name of a user entity, such as "ada"',
    );
  }
  return String(user);
}
