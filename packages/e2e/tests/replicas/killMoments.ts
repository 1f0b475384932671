import type { Replica, Replicas } from '../../src/Replicas';
import type { KeyChanges } from './KeyChanges';
import type { SinkLeases } from './SinkLeases';
import type { HeldRequest, WebhookReceiver } from './WebhookReceiver';

type Stage = {
  replicas: Replicas;
  webhooks: WebhookReceiver;
  leases: SinkLeases;
  changes: KeyChanges;
};

/** Kills the replica that first reaches a certain moment, and returns it. */
type KillMoment = (stage: Stage) => Promise<Replica>;

/** Moments in which a delivery could be lost or repeated. */
export const KILL_MOMENTS: Record<string, KillMoment> = {
  'after it confirmed a revocation': ({ changes }) =>
    new Promise(resolve => {
      changes.onConfirmed = replica => {
        changes.onConfirmed = undefined;
        resolve(kill(replica));
      };
    }),
  'before the webhook receiver had the request': stage =>
    killWebhookSender(stage, request => request.drop()),
  'after the webhook receiver accepted the request': stage =>
    killWebhookSender(stage, request => request.accept()),
  'before it stored a notification': stage =>
    killAtStatement(stage, /select \* from "notification" .*"scope"/),
  'while it stored a notification': stage =>
    killAtStatement(stage, /insert into "notification"/),
  'at a random moment': async ({ replicas: { all } }) => {
    const running = all.filter(({ portal }) => portal.isRunning);
    return kill(running[Math.floor(Math.random() * running.length)]);
  },
};

async function kill(replica: Replica): Promise<Replica> {
  await replica.portal.kill();
  return replica;
}

async function killWebhookSender(
  { webhooks, leases }: Stage,
  answer: (request: HeldRequest) => void,
): Promise<Replica> {
  const request = await webhooks.holdNext();
  const killed = kill(await leases.webhookSender());
  answer(request);
  return killed;
}

/** The database still receives the statement. */
function killAtStatement(
  { replicas }: Stage,
  statement: RegExp,
): Promise<Replica> {
  return new Promise(resolve => {
    const ends = replicas.all.map(replica =>
      replica.database.watch(sent => {
        if (!statement.test(sent.toString('latin1'))) return;
        ends.forEach(end => end());
        resolve(kill(replica));
      }),
    );
  });
}
