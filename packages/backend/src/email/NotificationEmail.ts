import type { NotificationTemplateRenderer } from '@backstage/plugin-notifications-backend-module-email';
import { Html, html } from './html';

type Notification = Parameters<
  NonNullable<NotificationTemplateRenderer['getHtml']>
>[0];

export type Portal = { title: string; baseUrl: string };

/** Coloured line at the top of a mail, with a label for readers who cannot see the colour. */
const SEVERITIES = {
  critical: { colour: '#b3261e', word: 'Critical' },
  high: { colour: '#a85400', word: 'Important' },
  normal: { colour: '#1f5493', word: undefined },
  low: { colour: '#1f5493', word: undefined },
};

const FONT = `font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const TEXT = `${FONT};font-size:16px;line-height:24px;color:#1d2129;word-break:break-word`;
const MUTED = 'color:#5b6068';
const SMALL = `${FONT};font-size:13px;line-height:20px;${MUTED};word-break:break-word`;
const CARD =
  'padding:28px;background-color:#ffffff;border:1px solid #d9dce1;border-radius:6px';
const BUTTON = `display:inline-block;padding:12px 24px;${FONT};font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none`;

/** Renders a notification as an e-mail. Its texts are plain text: markup in them is escaped. */
export class NotificationEmail {
  readonly subject: string;
  readonly #payload: Notification['payload'];
  readonly #portal: Portal;
  /** Link to the details. */
  readonly #link: string;
  readonly #allNotifications: string;

  constructor(payload: Notification['payload'], portal: Portal) {
    this.subject = payload.title.replace(/\s+/g, ' ').trim();
    this.#payload = payload;
    this.#portal = portal;
    this.#allNotifications = within(portal.baseUrl, '/notifications');
    this.#link = payload.link
      ? within(portal.baseUrl, payload.link)
      : this.#allNotifications;
  }

  toText(): string {
    return [
      this.subject,
      ...this.#paragraphs,
      this.#link,
      `-- \n${this.#portal.title}\nAll your notifications: ${
        this.#allNotifications
      }`,
    ].join('\n\n');
  }

  /** Tables and inline styles work in all mail clients; Outlook reads widths from attributes only. */
  toHtml(): string {
    const { colour } = this.#severity;
    const document = html`<!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light" />
          <title>${this.subject}</title>
        </head>
        <body style="margin:0;padding:0;background-color:#f3f4f6">
          ${this.#preview()}
          <table
            role="presentation"
            width="100%"
            cellpadding="0"
            cellspacing="0"
            border="0"
          >
            <tr>
              <td align="center" style="padding:24px 12px">
                <table
                  role="presentation"
                  width="560"
                  cellpadding="0"
                  cellspacing="0"
                  border="0"
                  style="width:100%;max-width:560px"
                >
                  <tr>
                    <td style="padding:0 4px 12px;${SMALL}">
                      ${this.#portal.title}
                    </td>
                  </tr>
                  <tr>
                    <td
                      bgcolor="#ffffff"
                      style="${CARD};border-top:4px solid ${colour}"
                    >
                      ${this.#message()} ${this.#button()}
                    </td>
                  </tr>
                  <tr>
                    <td style="padding:16px 4px 0;${SMALL}">
                      ${this.#footer()}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>
          </table>
        </body>
      </html>`;
    return document.toString();
  }

  get #severity() {
    return SEVERITIES[this.#payload.severity ?? 'normal'];
  }

  get #paragraphs(): string[] {
    const { description = '' } = this.#payload;
    return description.split(/\s*\n\s*/).filter(Boolean);
  }

  /** Preview text in a list of mails. */
  #preview(): Html {
    return html`<div style="display:none;max-height:0;overflow:hidden">
      ${this.#payload.description ?? ''}
    </div>`;
  }

  #message(): Html[] {
    const { colour, word } = this.#severity;
    const heading = html`<h1
      style="margin:0 0 12px;${TEXT};font-size:20px;line-height:28px"
    >
      ${this.subject}
    </h1>`;
    const body = this.#paragraphs.map(
      each =>
        html`<p style="margin:0 0 16px;${TEXT}">${this.#withLinks(each)}</p>`,
    );
    if (!word) return [heading, ...body];
    const label = html`<p
      style="margin:0 0 4px;${SMALL};font-weight:bold;color:${colour}"
    >
      ${word}
    </p>`;
    return [label, heading, ...body];
  }

  /** Texts may contain links to this portal, as digests of API keys do. Other links are not made clickable. */
  #withLinks(text: string): Html[] {
    const prefix = `${this.#portal.baseUrl.replace(/\/*$/, '')}/`;
    return text
      .split(/(\s)/)
      .map(word =>
        word.startsWith(prefix)
          ? html`<a href="${word}" style="${MUTED}">${word}</a>`
          : html`${word}`,
      );
  }

  #button(): Html {
    return html`<table
      role="presentation"
      cellpadding="0"
      cellspacing="0"
      border="0"
    >
      <tr>
        <td bgcolor="#1f5493" style="border-radius:4px">
          <a href="${this.#link}" style="${BUTTON}">View details</a>
        </td>
      </tr>
    </table>`;
  }

  #footer(): Html {
    return html`<p style="margin:0 0 8px;${SMALL}">
        If the button does not work, open
        <a href="${this.#link}" style="${MUTED}">${this.#link}</a>
      </p>
      <p style="margin:0;${SMALL}">
        <a href="${this.#allNotifications}" style="${MUTED}"
          >All your notifications</a
        >
      </p>`;
  }
}

/** The notifications plugin ensures that links lead to web pages. */
function within(baseUrl: string, link: string): string {
  const base = baseUrl.replace(/\/*$/, '/');
  return new URL(link.replace(/^\/+/, ''), base).toString();
}
