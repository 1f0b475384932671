import { KeyEvent } from '../lifecycle/KeyEvent';

/** Hears of what happened to keys once it is committed. Whoever tells it neither waits nor expects it to fail. */
export interface KeyListener {
  eventsAdded?(events: readonly KeyEvent[]): void;

  /** @param owners - whose keys may have changed, or become theirs or another one's, or who left the catalog or are back */
  ownersChanged?(owners: readonly string[]): void;

  /** @param owners - of keys whose uses were written */
  keysUsed?(owners: readonly string[]): void;
}
