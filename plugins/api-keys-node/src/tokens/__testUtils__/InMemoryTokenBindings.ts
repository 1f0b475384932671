import { KeyBinding, TokenBindingStore } from '../../verification/KeyBinding';

/** The bindings that the processes of a test share, as the database of the plugin `api-keys` does. */
export class InMemoryTokenBindings implements TokenBindingStore {
  readonly #bindings = new Map<string, KeyBinding>();
  lookups = 0;

  async bindToken(tokenId: string, binding: KeyBinding): Promise<void> {
    const bound = this.#bindings.get(tokenId);
    if (bound && bound.id !== binding.id) {
      throw new Error('Two user tokens of different keys have one signature');
    }
    this.#bindings.set(tokenId, binding);
  }

  async findTokenBinding(tokenId: string): Promise<KeyBinding | undefined> {
    this.lookups++;
    return this.#bindings.get(tokenId);
  }
}
