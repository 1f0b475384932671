import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An auth plugin that publishes a key, and the user tokens that are signed with it. */
export async function userTokens() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const kid = 'of-the-test';
  const header = (typ: string) => ({ alg: 'ES256', kid, typ });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
  const iat = Math.floor(Date.now() / 1000);
  const times = { iat, exp: iat + 3600 };

  const authPlugin = createBackendPlugin({
    pluginId: 'auth',
    register(reg) {
      reg.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          httpRouter.use((req, res, next) => {
            if (req.path !== '/.well-known/jwks.json') next();
            else res.json({ keys: [jwk] });
          });
        },
      });
    },
  });

  /** Signs a token as the auth plugin does: it also holds the signature of the limited token that can be made of it. */
  async function sign(sub: string): Promise<string> {
    const { user, limitedUser } = tokenTypes;
    const limited = await new SignJWT({ sub, ...times })
      .setProtectedHeader(header(limitedUser.typParam))
      .sign(privateKey);
    const [, , uip] = limited.split('.');
    return new SignJWT({ sub, ...times, aud: user.audClaim, uip })
      .setProtectedHeader(header(user.typParam))
      .sign(privateKey);
  }

  return { authPlugin, sign };
}
