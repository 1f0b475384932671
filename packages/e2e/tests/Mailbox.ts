import { simpleParser } from 'mailparser';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const HOST = '127.0.0.1';

/** Delivered mail. */
export type Mail = {
  /** Recipients of the SMTP envelope. */
  to: string[];
  subject: string;
  text: string;
  html: string;
};

/** Mail server that stores every mail it receives. */
export class Mailbox {
  readonly mails: Mail[] = [];
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: async (stream, session, callback) => {
        try {
          const chunks: Buffer[] = await stream.toArray();
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push(await parse(Buffer.concat(chunks), to));
          callback();
        } catch (error) {
          callback(error as Error);
        }
      },
    });
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server.listen(0, HOST);
    await once(mailbox.#server.server, 'listening');
    return mailbox;
  }

  /** Value of `notifications.processors.email` in the portal's configuration. */
  get config() {
    const { port } = this.#server.server.address() as AddressInfo;
    return {
      transportConfig: { transport: 'smtp', hostname: HOST, port },
      sender: 'Brightwater Ferries <portal@example.com>',
    };
  }

  /** Returns mails to one address, oldest first. */
  to(address: string): Mail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  async close(): Promise<void> {
    await new Promise<void>(resolve => this.#server.close(resolve));
  }
}

async function parse(source: Buffer, to: string[]): Promise<Mail> {
  const { subject, text, html } = await simpleParser(source);
  return {
    to,
    subject: subject ?? '',
    text: text ?? '',
    html: html || '',
  };
}
