import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { VerificationOutcome } from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  ApiKeyVerifier,
  parseAddress,
  RemoteVerification,
  requirePluginToken,
} from 'backstage-plugin-api-keys-node/internal';
import { z } from 'zod';
import { API_KEY_DENIAL_REASONS } from 'backstage-plugin-api-keys-common';

const key = z.looseObject({
  id: z.string(),
  owner: z.string(),
  subject: z.string(),
  endsPredecessor: z.boolean(),
  issuedAt: z.number(),
});
const use = z.object({
  plugin: z.string(),
  // Processes of an earlier version send the address as Express took it from a header.
  ip: z.string().optional().transform(parseAddress),
  userAgent: z.string().optional(),
  count: z.int().positive().optional(),
  at: z.int().positive().optional(),
});
const DENIAL_REASONS = Object.values(API_KEY_DENIAL_REASONS);
const question = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('verify'),
    secret: z.string(),
    attempt: use.optional(),
  }),
  z.object({ method: z.literal('verifyById'), id: z.string() }),
  z.object({ method: z.literal('issueProof'), secret: z.string() }),
  z.object({ method: z.literal('redeemProof'), proof: z.string() }),
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
    method: z.literal('bindToken'),
    tokenId: z.string(),
    binding: z.object({
      id: z.string(),
      subject: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
    expiresAt: z.int(),
  }),
  z.object({ method: z.literal('findTokenBinding'), tokenId: z.string() }),
  z.object({
    method: z.literal('refused'),
    key,
    attempt: use,
    reason: z.enum(DENIAL_REASONS),
  }),
]) satisfies z.ZodType<RemoteVerification>;

/**
 * Questions of other backend processes of the same installation about keys. Not part of the public API: both sides are of this
 * project and of one version.
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
    // The message of the error would repeat the input.
    if (error) throw new InputError('Not a question about an API key');
    const { verifier } = runtime;
    res.json(await answer(verifier, data));
  });
  return router;
}

/** Returns the body of the answer. */
async function answer(
  verifier: ApiKeyVerifier,
  asked: RemoteVerification,
): Promise<object> {
  const withTtl = async (verified: Promise<VerificationOutcome>) => {
    const outcome = await verified;
    return { outcome, keepFor: verifier.keepFor(outcome) };
  };
  switch (asked.method) {
    case 'verify':
      return withTtl(verifier.verify(asked.secret, asked.attempt));
    case 'verifyById':
      return withTtl(verifier.verifyById(asked.id));
    case 'issueProof':
      return { proof: await verifier.issueProof(asked.secret) };
    case 'redeemProof':
      return { outcome: await verifier.redeemProof(asked.proof) };
    case 'verifyOwned':
      return withTtl(
        verifier.verifyOwned(asked.key, asked.ownershipEntityRefs),
      );
    case 'use':
      return withTtl(verifier.use(asked.key, asked.use));
    case 'uses':
      for (const one of asked.uses) await verifier.use(one.key, one.use);
      return {};
    case 'bindToken':
      await verifier.bindToken(asked.tokenId, asked.binding, asked.expiresAt);
      return {};
    case 'findTokenBinding':
      return { binding: await verifier.findTokenBinding(asked.tokenId) };
    case 'refused':
      verifier.refused(asked.key, asked.attempt, asked.reason);
      return {};
    default:
      throw new Error(`Unknown question: ${asked satisfies never}`);
  }
}
