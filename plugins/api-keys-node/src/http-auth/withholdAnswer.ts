import { OutgoingHttpHeaders, ServerResponse, STATUS_CODES } from 'node:http';

/** Answer that replaces a withheld one. */
export type Replacement = {
  status: number;
  /** Sent as JSON. */
  body: object;
  /** Sets the headers that the status requires. */
  setHeaders(res: ServerResponse): void;
};

type Replace = (status: number) => Replacement | undefined;

class WithheldAnswer {
  readonly #res: ServerResponse;
  readonly #replace: Replace;
  /** Headers that earlier middlewares have set, for CORS, security and rate limits. */
  readonly #headersBefore: OutgoingHttpHeaders;
  #state: 'undecided' | 'passed' | 'replacing' | 'replaced' = 'undecided';
  #replacement: Replacement | undefined;
  /** Ends the answer with a body, as if nothing were withheld. */
  send: (body: Buffer) => void = () => {};

  constructor(res: ServerResponse, replace: Replace) {
    this.#res = res;
    this.#replace = replace;
    this.#headersBefore = { ...res.getHeaders() };
  }

  get hasPassed(): boolean {
    return this.#state === 'passed';
  }

  /** True while the replacement passes through middlewares that compress or log answers. */
  get isBeingReplaced(): boolean {
    return this.#state === 'replacing';
  }

  /** Decides on the first call, and sends the replacement if there is one. */
  passes(status: number): boolean {
    if (this.#state !== 'undecided') return this.hasPassed;
    this.#replacement = this.#replace(status);
    if (!this.#replacement) {
      this.#state = 'passed';
      return true;
    }
    this.#state = 'replacing';
    this.setHead();
    this.send(this.#body());
    this.#state = 'replaced';
    return false;
  }

  /** Sets the status and headers of the replacement, and removes the handler's. */
  setHead(): void {
    if (!this.#replacement) return;
    const res = this.#res;
    const { status, setHeaders } = this.#replacement;
    res.statusCode = status;
    res.statusMessage = STATUS_CODES[status] ?? '';
    const before = this.#headersBefore;
    for (const name of res.getHeaderNames()) {
      if (!(name in before)) res.removeHeader(name);
    }
    for (const [name, value = []] of Object.entries(before)) {
      if (res.getHeader(name) !== value) res.setHeader(name, value);
    }
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.setHeader('Content-Length', this.#body().length);
    res.setHeader('Cache-Control', 'no-store');
    setHeaders(res);
  }

  #body(): Buffer {
    return Buffer.from(JSON.stringify(this.#replacement?.body));
  }
}

/** Accepts and drops written data, so that a stream ends and its source is closed. */
function discard(args: unknown[]): true {
  const done = args.find(arg => typeof arg === 'function');
  if (done) process.nextTick(done as () => void);
  return true;
}

/**
 * Withholds an answer until the handler sends its first byte, in any way, and decides then: either the answer is sent
 * unchanged, or a replacement that contains nothing from the handler. Everything that the handler sends after a replacement is
 * discarded.
 *
 * @param replace - returns undefined for an answer that may be sent
 */
export function withholdAnswer(res: ServerResponse, replace: Replace): void {
  const answer = new WithheldAnswer(res, replace);
  const { writeHead, write, end, flushHeaders, writeEarlyHints } = res;

  res.writeHead = (status: number, ...rest: any[]) => {
    if (answer.isBeingReplaced) {
      // `on-headers` may just have added headers of the handler.
      answer.setHead();
      return writeHead.call(res, res.statusCode);
    }
    return answer.passes(status) ? writeHead.call(res, status, ...rest) : res;
  };
  res.write = (...args: any[]) =>
    answer.passes(res.statusCode)
      ? write.apply(res, args as Parameters<typeof write>)
      : discard(args);
  res.end = (...args: any[]) => {
    if (answer.passes(res.statusCode)) {
      return end.apply(res, args as Parameters<typeof end>);
    }
    discard(args);
    return res;
  };
  res.flushHeaders = () => {
    if (answer.passes(res.statusCode)) flushHeaders.call(res);
  };
  res.writeEarlyHints = (...args) => {
    if (answer.hasPassed) writeEarlyHints.apply(res, args);
  };
  answer.send = body => end.call(res, body, 'utf8');
}
