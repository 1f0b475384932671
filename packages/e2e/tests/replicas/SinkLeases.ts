import type { Replica, Replicas } from '../../src/Replicas';

/** Statement by which a replica acquires the lease on a sink. */
const ACQUIRE = /update "api_key_event_sinks" set "lease_owner"/;
const OWNER = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Finds out from the replicas' traffic to the database which of them has the lease on a sink. */
export class SinkLeases {
  readonly end: () => void;
  readonly #replicas: Replicas;
  /** Replicas by the lease owners that they have used. */
  readonly #owners = new Map<string, Replica>();

  constructor(replicas: Replicas) {
    this.#replicas = replicas;
    const ends = replicas.all.map(replica =>
      replica.database.watch(sent => {
        const text = sent.toString('latin1');
        const [owner] = (ACQUIRE.test(text) && OWNER.exec(text)) || [];
        if (owner) this.#owners.set(owner, replica);
      }),
    );
    this.end = () => ends.forEach(end => end());
  }

  /** Returns the replica that delivers to the webhook. */
  async webhookSender(): Promise<Replica> {
    const [row] = await this.#replicas.query<{ lease_owner: string }>(
      `select lease_owner from api_key_event_sinks where name like 'webhook:%'`,
    );
    const sender = this.#owners.get(row?.lease_owner);
    if (!sender) throw new Error('No replica delivers to the webhook');
    return sender;
  }

  /**
   * Ends the leases of a replica that was killed, instead of waiting a minute for their end.
   *
   * @returns the names of the sinks that it was delivering to
   */
  async expireThoseOf(killed: Replica): Promise<string[]> {
    const owners = [...this.#owners]
      .filter(([, replica]) => replica === killed)
      .map(([owner]) => owner);
    const sinks = await this.#replicas.query<{ name: string }>(
      `update api_key_event_sinks set lease_ends_at = 0
       where lease_owner = any($1) returning name`,
      [owners],
    );
    return sinks.map(({ name }) => name);
  }
}
