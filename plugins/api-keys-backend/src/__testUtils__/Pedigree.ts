import { ApiKeyRotatedBy } from 'backstage-plugin-api-keys-common';

/** What a test knows of the lines of keys by itself: who made which key of which, and whose revocation was asked for. */
export class Pedigree {
  readonly #origins = new Map<
    string,
    { from: string; rotatedBy: ApiKeyRotatedBy }
  >();
  readonly #revoked = new Set<string>();
  readonly #extended = new Set<string>();

  add(id: string, origin: { from: string; rotatedBy: ApiKeyRotatedBy }): void {
    this.#origins.set(id, origin);
  }

  /** The revocation was asked for, and answered. */
  revoke(id: string): void {
    this.#revoked.add(id);
  }

  /** A person gave it more life. */
  extend(id: string): void {
    this.#extended.add(id);
  }

  /** Whether a person gave a key or one that it descends from more life. */
  hasExtendedAncestor(id: string): boolean {
    const origin = this.#origins.get(id);
    return (
      this.#extended.has(id) ||
      (origin !== undefined && this.hasExtendedAncestor(origin.from))
    );
  }

  isSelfMade(id: string): boolean {
    return this.#origins.get(id)?.rotatedBy === 'key';
  }

  /** Whether a key descends, by rotations of the keys themselves alone, from one whose revocation was asked for, or is one. */
  hasRevokedAncestor(id: string): boolean {
    if (this.#revoked.has(id)) return true;
    const origin = this.#origins.get(id);
    return origin?.rotatedBy === 'key' && this.hasRevokedAncestor(origin.from);
  }
}
