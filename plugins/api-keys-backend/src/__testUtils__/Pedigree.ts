import { ApiKeyRotatedBy } from 'backstage-plugin-api-keys-common';

/** Records, independently of the service, which key was rotated from which and which revocations were requested. */
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

  /** Records a revocation that was requested and confirmed. */
  revoke(id: string): void {
    this.#revoked.add(id);
  }

  /** Records that a user extended the life of the key. */
  extend(id: string): void {
    this.#extended.add(id);
  }

  /** Returns true if a user extended the life of a key or of one of its ancestors. */
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

  /**
   * Returns true if the revocation of a key was requested, or that of an ancestor from which the keys descend only by
   * rotating themselves.
   */
  hasRevokedAncestor(id: string): boolean {
    if (this.#revoked.has(id)) return true;
    const origin = this.#origins.get(id);
    return origin?.rotatedBy === 'key' && this.hasRevokedAncestor(origin.from);
  }
}
