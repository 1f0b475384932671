const PATTERN = /^(POST|PUT|PATCH|DELETE) (\/\S*)$/;

/**
 * The method and the path of a request.
 *
 * @public
 */
export type RequestedRoute = { method: string; path: string };

/**
 * A route as a plugin declares it to Express: `PUT /roles/:kind/:name`, or `POST /proxy/*` for everything below a path.
 *
 * It matches fewer paths than Express does (no other case, no trailing slash, nothing percent-encoded in place of a literal
 * segment), so that whatever it matches is routed as it says.
 */
export class RoutePattern {
  readonly #method: string;
  readonly #segments: string[];
  readonly #isPrefix: boolean;

  private constructor(method: string, path: string) {
    this.#method = method;
    this.#isPrefix = path.endsWith('/*');
    this.#segments = (this.#isPrefix ? path.slice(0, -2) : path).split('/');
  }

  /** Returns undefined for a text that is no pattern of a route. */
  static parse(text: string): RoutePattern | undefined {
    const [, method, path] = PATTERN.exec(text) ?? [];
    return path === undefined ? undefined : new RoutePattern(method, path);
  }

  matches({ method, path }: RequestedRoute): boolean {
    if (method !== this.#method) return false;
    const segments = path.split('/');
    // To Express, what ends in a slash is the path before it, which is not below itself.
    const hasLength = this.#isPrefix
      ? segments.length > this.#segments.length && !path.endsWith('/')
      : segments.length === this.#segments.length;
    return (
      hasLength &&
      this.#segments.every((segment, i) =>
        segment.startsWith(':')
          ? segments[i].length > 0
          : segment === segments[i],
      )
    );
  }
}
