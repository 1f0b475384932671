import { KeyEvent } from '../lifecycle/KeyEvent';
import { KeyListener } from '../lifecycle/KeyListener';

/** Passes committed changes of all stores to listeners. */
export class KeyListeners {
  readonly #listeners: KeyListener[] = [];

  add(...listeners: KeyListener[]): void {
    this.#listeners.push(...listeners);
  }

  emitEvents(events: readonly KeyEvent[]): void {
    if (events.length === 0) return;
    for (const listener of this.#listeners) listener.eventsAdded?.(events);
  }

  emitOwners(owners: readonly string[]): void {
    for (const listener of this.#listeners) listener.ownersChanged?.(owners);
  }

  emitUsage(owners: readonly string[]): void {
    if (owners.length === 0) return;
    for (const listener of this.#listeners) listener.keysUsed?.(owners);
  }
}
