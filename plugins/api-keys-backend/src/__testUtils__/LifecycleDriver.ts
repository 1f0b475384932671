import { DAY } from '../lifecycle/time';
import { IssuedKey } from '../service/ApiKeyService';
import { BulkRevocations } from '../service/BulkRevocations';
import { Action } from './lifecycleSequences';
import { Pedigree } from './Pedigree';
import { maker, ServiceReplica } from './serviceOn';

const ADMIN = 'user:default/grace';
const EVERYTHING = { owners: 'everybody' } as const;

/** Runs the actions of random sequences on the keys of one owner and records their outcomes. */
export class LifecycleDriver {
  readonly owner: string;
  readonly pedigree = new Pedigree();
  readonly issued: IssuedKey[] = [];

  constructor(owner: string) {
    this.owner = owner;
  }

  /** Returns the key that an action refers to, out of those that exist by now. */
  keyOf(one: Action): IssuedKey {
    return this.issued['nth' in one ? one.nth % this.issued.length : 0];
  }

  async create(
    { service }: ServiceReplica,
    inactivityTimeout: string | null = null,
  ): Promise<void> {
    const request = { name: 'ci', inactivityTimeout };
    this.issued.push(
      await service.create(this.owner, request, maker(this.owner)),
    );
  }

  async act(one: Action, replica: ServiceReplica): Promise<void> {
    const { service, secretOperations, policies, use } = replica;
    const { key, secret } = this.keyOf(one);
    const inDays = (days: number) =>
      new Date(Date.now() + days * DAY).toISOString();
    switch (one.do) {
      case 'create':
        return this.create(replica, one.inactivity ? 'P5D' : null);
      case 'rotate':
      case 'self-rotate':
        return this.#rotate(one, replica);
      case 'use':
        await use(secret);
        return undefined;
      case 'revoke':
        await service.revoke(key, { by: this.owner, reason: 'owner' });
        return undefined;
      case 'admin':
        await new BulkRevocations(service).revoke(
          EVERYTHING,
          { ids: [key.id], reason: 'admin' },
          ADMIN,
        );
        return undefined;
      case 'found':
        await secretOperations.revokeLeaked(secret, { scanner: 'generic' });
        return undefined;
      case 'leak':
        return secretOperations.revoke([secret]);
      case 'reuse':
        return secretOperations.rotationRefused(key.id);
      case 'keep-alive':
        await service.keepAlive(key, this.owner);
        return undefined;
      case 'shorten':
        await service.update(key, { expiresAt: inDays(one.days) }, this.owner);
        return undefined;
      case 'extend':
        this.pedigree.extend(key.id);
        await service.setExpiry(key, inDays(one.days), ADMIN);
        return undefined;
      case 'policy':
        return policies.set(
          this.owner,
          { lifetime: { max: one.days * DAY } },
          ADMIN,
        );
      default:
        throw new Error(`Unknown action: ${one satisfies never}`);
    }
  }

  async #rotate(
    one: Extract<Action, { do: 'rotate' | 'self-rotate' }>,
    { service }: ServiceReplica,
  ) {
    const { key } = this.keyOf(one);
    const overlap = one.immediately ? 'immediately' : 'until-first-use';
    const rotatedBy = one.do === 'rotate' ? 'owner' : 'key';
    const made = await service.rotate(
      key,
      { overlap, rotatedBy },
      maker(this.owner),
    );
    this.pedigree.add(made.key.id, { from: key.id, rotatedBy });
    this.issued.push(made);
  }
}
