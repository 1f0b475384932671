import { KeyEvent } from './KeyEvent';

/** Receives changes of keys after they are committed. Callers do not wait for it, and it must not throw. */
export interface KeyListener {
  eventsAdded?(events: readonly KeyEvent[]): void;

  /** @param owners - owners whose keys may have changed or moved to or from them, or who left the catalog or came back */
  ownersChanged?(owners: readonly string[]): void;

  /** @param owners - owners of keys whose uses were written */
  keysUsed?(owners: readonly string[]): void;
}
