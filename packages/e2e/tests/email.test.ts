import { Portal } from '../src/Portal';
import { createKey, revokeKey, tokenOf } from './api';
import { expect, signInAs, test as base } from './fixtures';
import { lookAt, ONCE_TAG } from './looks';
import { Mail, Mailbox } from './Mailbox';
import { makeOlder } from './makeOlder';

const START_TIMEOUT_MS = 120_000;
/** A scheduler that has just started waits before its first run. */
const PATIENCE_MS = 100_000;
const SERVICE_TOKEN = 'what-a-service-of-the-company-sends';
const ADA = 'ada@example.com';
const LINUS = 'linus@example.com';
const TEAM_A = [ADA, 'mei@example.com', 'tomas@example.com'];
const HOSTILE = '<img src=x onerror=alert(1)>';
/** Widths of a mail program on a desktop and on a phone. */
const WIDTHS = [600, 360];

type TestFixtures = {
  /** Renders a mail and takes screenshots of it. */
  read: (mail: Mail, step: string) => Promise<void>;
};

const test = base.extend<TestFixtures, { mailbox: Mailbox }>({
  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.open();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],

  portal: [
    async ({ databases, mailbox }, use) => {
      const portal = await Portal.create(databases, {
        notifications: { processors: { email: mailbox.config } },
        backend: {
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: SERVICE_TOKEN, subject: 'e2e' },
              },
            ],
          },
        },
      });
      await portal.start();
      await use(portal);
      await portal.remove();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],

  read: async ({ browser }, use) =>
    use(async ({ html }, step) => {
      for (const width of WIDTHS) {
        const context = await browser.newContext({
          viewport: { width, height: 600 },
        });
        const page = await context.newPage();
        const activity: string[] = [];
        page.on('request', request => activity.push(request.url()));
        page.on('dialog', dialog => {
          activity.push(dialog.message());
          return dialog.dismiss();
        });
        await page.setContent(html);
        await lookAt(page, step, { name: '', width, scheme: 'light' });
        expect(activity).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow, `${step} is too wide for ${width} px`).toBe(0);
        await context.close();
      }
    }),
});

/** Sends a request as an external service. */
async function postAsService(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${SERVICE_TOKEN}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.text()).toBe(200);
}

/** Owners are warned every few minutes; the test triggers the task. */
function warnOwners(portal: Portal): Promise<void> {
  const task = 'api-keys-warn';
  return postAsService(
    `${portal.url}/api/api-keys/.backstage/scheduler/v1/tasks/${task}/trigger`,
    {},
  );
}

/** Waits for a mail to this user with this text in its subject. */
async function received(
  mailbox: Mailbox,
  to: string,
  subject: string,
): Promise<Mail> {
  const find = () =>
    mailbox.to(to).find(mail => mail.subject.includes(subject));
  await expect
    .poll(find, { message: `mail to ${to}: ${subject}`, timeout: PATIENCE_MS })
    .toBeDefined();
  return find()!;
}

/** Lists the recipients of mails with this text in their subject. */
function recipients(mailbox: Mailbox, subject: string): string[] {
  return mailbox.mails
    .filter(mail => mail.subject.includes(subject))
    .flatMap(({ to }) => to)
    .sort();
}

/** Formats a date in UTC, such as `26 Nov 2026`. */
function day(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

test(
  'Ada is warned by e-mail before her key expires',
  { tag: ONCE_TAG },
  async ({ databases, mailbox, openPortal, portal, read }) => {
    const ada = await tokenOf(portal, 'ada');
    const { key, secret } = await createKey(portal, ada, {
      name: 'Nightly build',
      expiresIn: 'P2D',
    });
    await makeOlder(databases, key.id, 30);
    await warnOwners(portal);
    const subject = 'API key “Nightly build” expires in 2 days';
    const warning = await received(mailbox, ADA, subject);
    expect(warning.text).toContain(day(key.expiresAt));
    const link = `${portal.url}/api-keys/${key.id}?do=rotate`;
    expect(warning.text).toContain(`\n${link}\n`);
    expect(warning.html).toContain(`<a href="${link}"`);
    await read(warning, '80-email-expires');

    const page = await openPortal();
    await signInAs(page, 'Ada');
    await expect(page.getByRole('link', { name: 'My API Keys' })).toBeVisible();
    await page.goto(link);
    await expect(page.getByText('Nightly build').first()).toBeVisible();

    await warnOwners(portal);
    await revokeKey(portal, ada, key.id);
    expect(recipients(mailbox, subject)).toEqual([ADA]);
    const everything = mailbox.mails.flatMap(mail =>
      Object.values(mail).flat(),
    );
    expect(everything.join('\n')).not.toContain(secret.slice(0, 20));
  },
);

test(
  'every member of a group is warned about its key, and nobody else',
  { tag: ONCE_TAG },
  async ({ databases, mailbox, portal, read }) => {
    const mei = await tokenOf(portal, 'mei');
    const { key } = await createKey(portal, mei, {
      name: 'Deploy',
      owner: 'group:default/team-a',
      expiresIn: 'PT20H',
    });
    await makeOlder(databases, key.id, 30);
    await warnOwners(portal);
    const subject = 'API key “Deploy” expires in 20 hours';
    await expect
      .poll(() => recipients(mailbox, subject), { timeout: PATIENCE_MS })
      .toEqual(TEAM_A);
    const mail = await received(mailbox, ADA, subject);
    expect(mail.text).toContain('group:default/team-a');
    await read(mail, '81-email-group');
    await revokeKey(portal, mei, key.id);
  },
);

test(
  'Linus is notified at once of a new key, and of a leaked one',
  { tag: ONCE_TAG },
  async ({ mailbox, portal, read }) => {
    const linus = await tokenOf(portal, 'linus');
    const { key, secret } = await createKey(portal, linus, {
      name: 'Pipeline',
    });
    const made = await received(mailbox, LINUS, 'API key “Pipeline” was made');
    expect(made.text).toContain(`\n${portal.url}/api-keys/${key.id}\n`);
    await read(made, '84-email-made');

    // Possession of a secret is enough to revoke its key.
    const found = await fetch(`${portal.url}/api/api-keys/v1/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: secret }),
    });
    expect(found.status).toBe(200);
    const leak = 'API key “Pipeline” has leaked and was revoked';
    const leaked = await received(mailbox, LINUS, leak);
    expect(leaked.text).toContain(`\n${portal.url}/api-keys?from=${key.id}\n`);
    await read(leaked, '85-email-leaked');
    expect(recipients(mailbox, '“Pipeline”')).toEqual([LINUS, LINUS]);
  },
);

test(
  'markup in the name of a key is inert',
  { tag: ONCE_TAG },
  async ({ databases, mailbox, portal, read }) => {
    const mei = await tokenOf(portal, 'mei');
    const { key } = await createKey(portal, mei, {
      name: HOSTILE,
      expiresIn: 'P2D',
    });
    await makeOlder(databases, key.id, 30);
    await warnOwners(portal);
    const subject = 'API key “‹img src=x onerror=alert(1)›” expires in 2 days';
    const mail = await received(mailbox, 'mei@example.com', subject);
    expect(mail.html).not.toContain('<img');
    await read(mail, '82-email-hostile');
    await revokeKey(portal, mei, key.id);
  },
);

test(
  'markup in notifications of other plugins is inert, too',
  { tag: ONCE_TAG },
  async ({ mailbox, portal, read }) => {
    await postAsService(`${portal.url}/api/notifications`, {
      recipients: { type: 'entity', entityRef: 'user:default/linus' },
      payload: {
        title: `The timetable of “${HOSTILE}” has changed`,
        description: `The new one is better than ${HOSTILE}.`,
        link: '/catalog',
      },
    });
    const mail = await received(mailbox, LINUS, HOSTILE);
    expect(mail.text).toContain(`\n${portal.url}/catalog\n`);
    expect(mail.html).toContain(`<a href="${portal.url}/catalog"`);
    await read(mail, '83-email-of-others');
  },
);
