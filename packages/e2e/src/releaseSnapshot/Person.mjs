const API = '/api/api-keys/v1';

/** User who is signed in to the demo portal, and creates and changes keys. */
export class Person {
  #url;
  #token;

  static async signIn({ url }, user) {
    const person = new Person(url);
    const { backstageIdentity } = await person.send(
      'POST',
      '/api/auth/demo/refresh',
      { user },
    );
    person.#token = backstageIdentity.token;
    return person;
  }

  constructor(url) {
    this.#url = url;
  }

  /** Creates a key that does not expire, unless `fields` say otherwise. */
  async createKey(name, fields = {}) {
    const body = { name, expiresAt: null, ...fields };
    if (fields.expiresIn) delete body.expiresAt;
    return this.post('/keys', body);
  }

  rotate({ key }, body) {
    return this.post(`/keys/${key.id}/rotate`, body);
  }

  get(path) {
    return this.send('GET', `${API}${path}`);
  }

  post(path, body, headers) {
    return this.send('POST', `${API}${path}`, body, headers);
  }

  patch(path, body) {
    return this.send('PATCH', `${API}${path}`, body);
  }

  put(path, body) {
    return this.send('PUT', `${API}${path}`, body);
  }

  delete(path) {
    return this.send('DELETE', `${API}${path}`);
  }

  /** A string is sent as it is. */
  async send(method, path, body, headers) {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }
}
