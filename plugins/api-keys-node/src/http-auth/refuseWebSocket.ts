import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiKeyVerificationUnavailableError } from '../verification/errors';
import { setChallenge } from './challenge';

const STATUS_BY_ERROR: { [errorName: string]: number | undefined } = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  TooManyRequestsError: 429,
};

/** Answers a websocket request like an HTTP request with a key, and closes the connection. */
export function refuseWebSocket(
  req: IncomingMessage,
  stream: Duplex,
  error: unknown,
): void {
  const refusal = explainable(error);
  const res = new ServerResponse(req);
  res.statusCode = STATUS_BY_ERROR[refusal.name] ?? 503;
  res.setHeader('Connection', 'close');
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  setChallenge(req, res, refusal, {
    carriedCredentials: true,
    offersBasic: false,
  });
  res.assignSocket(stream as Socket);
  const { name, message } = refusal;
  const { method, url } = req;
  const { statusCode } = res;
  const body = {
    error: { name, message },
    request: { method, url },
    response: { statusCode },
  };
  res.end(JSON.stringify(body), () => stream.end(() => stream.destroy()));
}

/** Replaces an unexpected error, whose message may contain details that clients must not see. */
function explainable(error: unknown): Error {
  return error instanceof Error && error.name in STATUS_BY_ERROR
    ? error
    : new ApiKeyVerificationUnavailableError();
}
