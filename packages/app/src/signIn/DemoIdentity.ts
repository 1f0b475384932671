import {
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { DemoSession, fetchDemoSession } from './demoApi';
import { rememberedUser } from './rememberedUser';

/** Margin for requests in flight: they must not arrive after their token has expired. */
const MARGIN_MS = 60_000;

/**
 * Identity of a user who signed in through the demo provider. Fetches a new token shortly before the old one expires.
 */
export class DemoIdentity implements IdentityApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #user: string;
  #session?: Promise<DemoSession>;
  #refreshAt = 0;

  /** Signs in, and stores the user in the browser. */
  static async signIn(
    discoveryApi: DiscoveryApi,
    user: string,
  ): Promise<DemoIdentity> {
    const identity = new DemoIdentity(discoveryApi, user);
    await identity.#getSession();
    rememberedUser.set(user);
    return identity;
  }

  private constructor(discoveryApi: DiscoveryApi, user: string) {
    this.#discoveryApi = discoveryApi;
    this.#user = user;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#getSession()).profile;
  }

  async getBackstageIdentity() {
    return (await this.#getSession()).backstageIdentity.identity;
  }

  async getCredentials() {
    return { token: (await this.#getSession()).backstageIdentity.token };
  }

  async signOut() {
    rememberedUser.forget();
  }

  /** Concurrent callers share one request. */
  #getSession(): Promise<DemoSession> {
    if (!this.#session || Date.now() >= this.#refreshAt) {
      this.#refreshAt = Infinity;
      this.#session = this.#fetchSession();
    }
    return this.#session;
  }

  async #fetchSession(): Promise<DemoSession> {
    try {
      const session = await fetchDemoSession(this.#discoveryApi, this.#user);
      const { expiresInSeconds } = session.backstageIdentity;
      this.#refreshAt = Date.now() + expiresInSeconds * 1000 - MARGIN_MS;
      return session;
    } catch (error) {
      // The next caller tries again.
      this.#session = undefined;
      throw error;
    }
  }
}
