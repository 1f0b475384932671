/** User who is signed in to the demo portal. */
export class PortalUser {
  #url;
  #token;

  static async signIn(url, user) {
    const response = await fetch(`${url}/api/auth/demo/refresh`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user }),
    });
    const { backstageIdentity } = await succeeded(response).json();
    return new PortalUser(url, backstageIdentity.token);
  }

  constructor(url, token) {
    this.#url = url;
    this.#token = token;
  }

  /** Sends a request and returns the response with its body unread. */
  async open(path) {
    return succeeded(
      await fetch(`${this.#url}${path}`, {
        headers: { Authorization: `Bearer ${this.#token}` },
      }),
    );
  }

  async get(path) {
    const response = await this.open(path);
    return response.json();
  }
}

function succeeded(response) {
  if (response.ok) return response;
  throw new Error(`${response.url} answered ${response.status}`);
}
