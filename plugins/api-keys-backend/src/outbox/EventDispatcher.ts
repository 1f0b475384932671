import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { DatabaseOutbox } from '../database/DatabaseOutbox';
import { KeyListener } from '../lifecycle/KeyListener';
import { EventSink } from './EventSink';
import { SinkWorker } from './SinkWorker';

/**
 * Delivers committed events to sinks at least once: each event is delivered unless the sink fails for a week, and repeated only
 * if the process dies or loses its lease between a send and its save. Sinks do not wait for each other.
 */
export class EventDispatcher implements KeyListener {
  readonly #workers: readonly SinkWorker[];

  static async create(options: {
    outbox: DatabaseOutbox;
    sinks: readonly EventSink[];
    lifecycle: LifecycleService;
    logger: LoggerService;
  }): Promise<EventDispatcher> {
    const { outbox, sinks, lifecycle } = options;
    await outbox.addSinks(sinks.map(({ name }) => name));
    const workers = sinks.map(sink => new SinkWorker({ ...options, sink }));
    const dispatcher = new EventDispatcher(workers);
    lifecycle.addStartupHook(() => workers.forEach(worker => worker.start()));
    lifecycle.addShutdownHook(() => dispatcher.#stop());
    return dispatcher;
  }

  private constructor(workers: readonly SinkWorker[]) {
    this.#workers = workers;
  }

  /** Delivers events that this replica committed without waiting for the next poll. */
  eventsAdded(): void {
    for (const worker of this.#workers) worker.wake();
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.stop()));
  }
}
