import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import {
  ApiKeyRuntime,
  ApiKeyVerifier,
  RemoteVerification,
  requirePluginToken,
  VerificationOutcome,
} from 'backstage-plugin-api-keys-node';
import { z } from 'zod';

const key = z.looseObject({
  id: z.string(),
  owner: z.string(),
  subject: z.string(),
  endsPredecessor: z.boolean(),
  issuedAt: z.number(),
});
const use = z.object({
  plugin: z.string(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  count: z.int().positive().optional(),
});
const question = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('verify'),
    secret: z.string(),
    attempt: use.optional(),
  }),
  z.object({ method: z.literal('verifyById'), id: z.string() }),
  z.object({
    method: z.literal('verifyOwned'),
    key,
    ownershipEntityRefs: z.array(z.string()),
  }),
  z.object({ method: z.literal('use'), key, use }),
  z.object({
    method: z.literal('uses'),
    uses: z.array(z.object({ key, use })),
  }),
  z.object({
    method: z.literal('refused'),
    key,
    attempt: use,
    reason: z.enum(['restricted', 'ip']),
  }),
]) satisfies z.ZodType<RemoteVerification>;

/**
 * What other backend processes of the same installation ask about keys. Not part of the API: both ends are of this project,
 * and of one version.
 */
export function createInternalRoutes(options: {
  auth: AuthService;
  runtime: ApiKeyRuntime;
}): ExpressRouter {
  const { auth, runtime } = options;
  const router = Router();
  router.post('/internal/v1/verification', async (req, res) => {
    await requirePluginToken(req, auth);
    const { data, error } = question.safeParse(req.body);
    // Its own message would repeat what was sent.
    if (error) throw new InputError('Not a question about an API key');
    const { verifier } = runtime;
    const outcome = await answer(verifier, data);
    res.json(outcome ? { outcome, keepFor: verifier.keepFor(outcome) } : {});
  });
  return router;
}

/** Nothing for what is only told. */
async function answer(
  verifier: ApiKeyVerifier,
  asked: RemoteVerification,
): Promise<VerificationOutcome | undefined> {
  switch (asked.method) {
    case 'verify':
      return verifier.verify(asked.secret, asked.attempt);
    case 'verifyById':
      return verifier.verifyById(asked.id);
    case 'verifyOwned':
      return verifier.verifyOwned(asked.key, asked.ownershipEntityRefs);
    case 'use':
      return verifier.use(asked.key, asked.use);
    case 'uses':
      for (const one of asked.uses) await verifier.use(one.key, one.use);
      return undefined;
    default:
      verifier.refused(asked.key, asked.attempt, asked.reason);
      return undefined;
  }
}
