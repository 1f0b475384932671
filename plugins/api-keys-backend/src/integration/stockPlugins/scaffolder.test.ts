import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { eventually } from '../../__testUtils__/eventually';
import { findInDatabases } from '../../__testUtils__/findInDatabases';
import { scaffolderTemplates } from '../../__testUtils__/scaffolderTemplates';
import { recordLogs } from '../../__testUtils__/recordLogs';
import { startPortalProcess } from '../../__testUtils__/startPortalProcess';
import {
  SharedDatabases,
  sharedDatabases,
} from '../../__testUtils__/sharedDatabases';
import { PortalClient, TestPortal } from '../../__testUtils__/startTestPortal';
import { startStockPortal } from '../../__testUtils__/stockPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TASKS = '/api/scaffolder/v2/tasks';
/** Interval at which the scaffolder looks for tasks of dead workers, plus a margin. */
const RECOVERY_MS = 30_000;

const LAST_LOOK_MS = 1500;

const CATALOG = { plugin: 'catalog' };
const START = [
  'scaffolder.task.create',
  'scaffolder.task.read',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
];

/** Tasks of a process that died are recovered by another one. */
const RECOVERY = {
  taskRecovery: { enabled: true, staleTimeout: { seconds: 3 } },
};

type Restrictions = CreateApiKeyRequest['accessRestrictions'];

/** Restrictions of a key that can start a task, but not execute an action. */
const STARTS_ONLY: Restrictions = [
  { plugin: 'scaffolder', permission: START },
  CATALOG,
];
const EXECUTES: Restrictions = [{ plugin: 'scaffolder' }, CATALOG];

/** Portal on which to start a task, and its template. */
type Start = { portal?: PortalClient; name?: string };

describe.each(databases.eachSupportedId())(
  'a task of the scaffolder, %s',
  (databaseId: TestDatabaseId) => {
    let shared: SharedDatabases;
    /** Serves requests and runs no task. */
    let front: TestPortal;
    const { logger, lines } = recordLogs();
    const secrets: string[] = [];

    const start = (scaffolder: JsonObject) =>
      startStockPortal({
        shared,
        logger,
        features: [scaffolderPlugin],
        entities: scaffolderTemplates,
        config: { scaffolder: { ...RECOVERY, ...scaffolder } },
      });
    const startFront = () => start({ concurrentTasksLimit: 0 });
    const startWorker = () => start({ concurrentTasksLimit: 5 });
    const stopWorker = async (worker: TestPortal) => {
      // The scaffolder reads the events of a task again after its end.
      await sleep(LAST_LOOK_MS);
      await worker.stop();
    };

    beforeAll(async () => {
      shared = await sharedDatabases(databases, databaseId);
      front = await startFront();
    });

    afterAll(async () => {
      await front.stop();
      await shared.remove();
    });

    /** @returns id of the task */
    const startTask = async (
      bearer: string,
      { portal = front, name = 'quick' }: Start = {},
    ): Promise<string> => {
      const { body } = await portal
        .call('post', TASKS, bearer)
        .send({ templateRef: `template:default/${name}`, values: {} })
        .expect(201);
      return body.id;
    };

    const startTaskWithKey = async (
      accessRestrictions?: Restrictions,
      options?: Start,
    ) => {
      const { key, secret } = await front.createKey('ada', {
        accessRestrictions,
      });
      secrets.push(secret);
      return { key, secret, task: await startTask(secret, options) };
    };

    const revoke = async (keyId: string) =>
      front
        .call(
          'delete',
          `/api/api-keys/v1/keys/${keyId}`,
          await front.signIn('ada'),
        )
        .expect(204);

    /** Waits for the end of a task. */
    const endOf = async (task: string) => {
      const session = await front.signIn('ada');
      let end = { status: '', log: '' };
      await eventually(async () => {
        const { body } = await front.call('get', `${TASKS}/${task}`, session);
        expect(['completed', 'failed']).toContain(body.status);
        const events = await front.call(
          'get',
          `${TASKS}/${task}/events`,
          session,
        );
        end = { status: body.status, log: JSON.stringify(events.body) };
      }, RECOVERY_MS);
      return end;
    };

    const expectRefused = async (task: string) => {
      const { status, log } = await endOf(task);
      const isRun = log.includes('Hello') || log.includes('Finished step');
      expect({ status, isRun }).toEqual({ status: 'failed', isRun: false });
    };

    const expectCompleted = async (task: string) =>
      expect(await endOf(task)).toMatchObject({ status: 'completed' });

    it('runs on a replica that has never seen its key as on the one where it started', async () => {
      const restricted = await startTaskWithKey(STARTS_ONLY);
      const revoked = await startTaskWithKey();
      const revokedToo = await startTaskWithKey(EXECUTES);
      const good = await startTaskWithKey();
      const executes = await startTaskWithKey(EXECUTES);
      const session = await startTask(await front.signIn('ada'));
      await revoke(revoked.key.id);
      await revoke(revokedToo.key.id);
      for (const secret of secrets) {
        expect((await findInDatabases(shared, secret)).found).toEqual([]);
      }

      const worker = await startWorker();
      try {
        expect(await endOf(restricted.task)).toMatchObject({
          status: 'failed',
          log: expect.stringContaining('Unauthorized action: debug:log'),
        });
        await expectRefused(revoked.task);
        await expectRefused(revokedToo.task);
        for (const task of [good.task, executes.task, session]) {
          await expectCompleted(task);
        }

        // A retry runs with the credentials of the caller who retries.
        await worker
          .call('post', `${TASKS}/${revoked.task}/retry`, restricted.secret)
          .send({})
          .expect(201);
        expect(await endOf(revoked.task)).toMatchObject({
          status: 'failed',
          log: expect.stringContaining('Unauthorized action: debug:log'),
        });
      } finally {
        await stopWorker(worker);
      }
    });

    it('fails at its next step, even one that checks no permission, if its key is revoked or an admin forbids the scaffolder meanwhile', async () => {
      const worker = await startWorker();
      const forbid = async (forbidden: string[]) =>
        front
          .call(
            'put',
            `/api/api-keys/v1/admin/owners/${encodeURIComponent(
              'user:default/ada',
            )}/policy`,
            await front.signIn('grace'),
          )
          .send({ restrictions: { forbidden } })
          .expect(200);
      const expectEnded = async (task: string, reason: string) => {
        const { status, log } = await endOf(task);
        expect(status).toBe('failed');
        expect(log).toContain(reason);
        expect(log).not.toContain('Hello');
      };
      try {
        const options = { portal: worker, name: 'slow' };
        const good = await startTaskWithKey(EXECUTES, options);
        const revoked = await startTaskWithKey(EXECUTES, options);
        await revoke(revoked.key.id);
        await expectEnded(revoked.task, 'was revoked');
        await expectCompleted(good.task);

        const closed = await startTaskWithKey(EXECUTES, options);
        await forbid(['scaffolder']);
        await expectEnded(closed.task, 'may not be used for the plugin');
      } finally {
        await forbid([]);
        await stopWorker(worker);
      }
    });

    // eslint-disable-next-line jest/expect-expect -- in expectRefused and expectCompleted
    it('is still restricted by its key after the process that started it was killed, before or during its run', async () => {
      const { portal, program } = await startPortalProcess({
        shared,
        plugin: '@backstage/plugin-scaffolder-backend',
        entities: scaffolderTemplates,
        config: { scaffolder: { ...RECOVERY, concurrentTasksLimit: 1 } },
      });
      // Runs one task at a time, so that the others wait.
      const running = await startTaskWithKey(EXECUTES, {
        portal,
        name: 'endless',
      });
      const restricted = await startTaskWithKey(STARTS_ONLY, { portal });
      const revoked = await startTaskWithKey(EXECUTES, { portal });
      const good = await startTaskWithKey(EXECUTES, { portal });
      const session = await startTask(await front.signIn('ada'), { portal });
      await revoke(running.key.id);
      await revoke(revoked.key.id);
      await program.kill();

      const worker = await startWorker();
      try {
        await expectRefused(revoked.task);
        await expectRefused(restricted.task);
        await expectCompleted(good.task);
        await expectCompleted(session);
        await expectRefused(running.task);
      } finally {
        await stopWorker(worker);
      }
    });

    it('stores no key in a database or a log', async () => {
      expect(secrets).not.toHaveLength(0);
      for (const secret of secrets) {
        const { searched, found } = await findInDatabases(shared, secret);
        expect(searched).toContainEqual(expect.stringMatching(/\.tasks$/));
        expect(found).toEqual([]);
        expect(lines.filter(line => line.includes(secret))).toEqual([]);
      }
    });
  },
);
