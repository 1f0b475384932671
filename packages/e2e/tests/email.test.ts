import { Mail, Mailbox } from '../src/Mailbox';
import { Portal } from '../src/Portal';
import { expect, test as base } from './fixtures';
import { lookAt } from './looks';

const START_TIMEOUT_MS = 120_000;
const SERVICE_TOKEN = 'what-a-service-of-the-company-sends';
const TEAM_A = ['ada', 'mei', 'tomas'].map(name => `${name}@example.com`);
const HOSTILE = '<img src=x onerror=alert(1)>';
/** Of a mail program on a desk, and on a phone. */
const WIDTHS = [600, 360];

type TestFixtures = {
  /** Looks at a mail as its reader does. */
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
        const surprises: string[] = [];
        page.on('request', request => surprises.push(request.url()));
        page.on('dialog', dialog => {
          surprises.push(dialog.message());
          return dialog.dismiss();
        });
        await page.setContent(html);
        await lookAt(page, step, { name: '', width, scheme: 'light' });
        expect(surprises).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow, `${step} is too wide for ${width} px`).toBe(0);
        await context.close();
      }
    }),
});

test('what a group is told reaches each of its members by e-mail, and nobody else', async ({
  mailbox,
  portal,
  read,
}) => {
  const response = await fetch(`${portal.url}/api/notifications`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${SERVICE_TOKEN}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      recipients: { type: 'entity', entityRef: 'group:default/team-a' },
      payload: {
        title: `The timetable of “${HOSTILE}” has changed`,
        description: `The new one is better than ${HOSTILE}.`,
        link: '/catalog',
      },
    }),
  });
  expect(response.status).toBe(200);
  await expect
    .poll(() => mailbox.mails.flatMap(({ to }) => to).sort())
    .toEqual(TEAM_A);

  const [mail] = mailbox.to('mei@example.com');
  expect(mail.subject).toBe(`The timetable of “${HOSTILE}” has changed`);
  expect(mail.text).toContain(`\n${portal.url}/catalog\n`);
  expect(mail.html).toContain(`<a href="${portal.url}/catalog"`);
  await read(mail, '80-email-hostile');
});
