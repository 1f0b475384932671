import { PortalAnswer } from './types';

/**
 * Reads the answer to an introspection request (RFC 7662 §2.2), with the portal's own `owner`.
 *
 * @returns undefined for what is no such answer
 */
export function readAnswer(text: string): PortalAnswer | undefined {
  const body = parse(text);
  if (body?.active === false) return { active: false };
  if (body?.active !== true) return undefined;
  const { client_id: id, owner, sub: subject, scope = '', exp } = body;
  const isWhole =
    isName(id) &&
    isName(owner) &&
    isName(subject) &&
    typeof scope === 'string' &&
    (exp === undefined || Number.isFinite(exp));
  if (!isWhole) return undefined;
  // Many requests are given the same answer.
  const key = Object.freeze({
    id,
    owner,
    subject,
    scopes: Object.freeze(scope.split(' ').filter(Boolean)),
    restricted: body.restricted === true,
    ...(exp !== undefined && { expiresAt: new Date(Number(exp) * 1000) }),
  });
  return Object.freeze({ active: true, key });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const body = JSON.parse(text);
    return body instanceof Object ? body : undefined;
  } catch {
    return undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
