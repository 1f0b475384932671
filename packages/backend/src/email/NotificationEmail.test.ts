import { NotificationEmail } from './NotificationEmail';

const PORTAL = {
  title: 'Ferries & Co.',
  baseUrl: 'https://portal.example.com/backstage',
};

const PAYLOAD = {
  title: 'Your API key “Nightly build” expires tomorrow',
  description: 'It was last used today.\n\nReplace it in time.',
  link: '/api-keys/keys/1?tab=usage&x=1',
  severity: 'high' as const,
};

const LINK =
  'https://portal.example.com/backstage/api-keys/keys/1?tab=usage&x=1';

const emailOf = (payload: Partial<typeof PAYLOAD>) =>
  new NotificationEmail({ ...PAYLOAD, ...payload }, PORTAL);

describe('NotificationEmail', () => {
  it('says what happened, and links to the portal wherever that is mounted', () => {
    const email = emailOf({});
    expect(email.subject).toBe(PAYLOAD.title);
    expect(email.toText()).toBe(
      [
        PAYLOAD.title,
        'It was last used today.',
        'Replace it in time.',
        LINK,
        '-- \nFerries & Co.\nAll your notifications: https://portal.example.com/backstage/notifications',
      ].join('\n\n'),
    );
    const html = email.toHtml();
    expect(html).toContain(`<a href="${LINK.replace('&', '&amp;')}"`);
    expect(html).toContain('Ferries &amp; Co.');
    expect(html).toContain('>It was last used today.</p>');
    expect(html).toContain('>Replace it in time.</p>');
    expect(html).toContain('Important');
  });

  it('escapes markup', () => {
    const email = emailOf({
      title: 'Key “<img src=x onerror=alert(1)>”\r\nBcc: eve@example.com',
      description: '</div><script>alert(1)</script>',
      link: '/x?"><b onclick=alert(1)>',
    });
    const html = email.toHtml();
    expect(html).not.toMatch(/<(img|script|b )/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('&lt;script&gt;');
    expect(email.subject).toBe(
      'Key “<img src=x onerror=alert(1)>” Bcc: eve@example.com',
    );
  });

  it('makes links of the portal in a text clickable, and no others', () => {
    const own = 'https://portal.example.com/backstage/api-keys/1?do=rotate';
    const others = [
      'https://portal.example.com/elsewhere',
      'https://portal.example.com.evil.com/backstage/',
      'data:text/html,hello',
    ];
    const description = [own, ...others].map(url => `• “ci”: ${url}`);
    const email = emailOf({ description: description.join('\n') });
    expect(email.toHtml()).toContain(`<a href="${own}"`);
    for (const url of others) {
      expect(email.toHtml()).not.toContain(`href="${url}`);
    }
    const hostile = 'https://portal.example.com/backstage/"onclick=alert(1)';
    expect(emailOf({ description: hostile }).toHtml()).toContain(
      'href="https://portal.example.com/backstage/&quot;onclick=alert(1)"',
    );
  });

  it('links to all notifications where one has no link, and to other sites where its link says so', () => {
    expect(emailOf({ link: undefined }).toText()).toContain(
      '\nhttps://portal.example.com/backstage/notifications\n',
    );
    expect(emailOf({ link: 'https://status.example.com/7' }).toText()).toMatch(
      /\nhttps:\/\/status\.example\.com\/7\n/,
    );
  });

  it('needs nothing but a title', () => {
    const email = new NotificationEmail({ title: 'Maintenance' }, PORTAL);
    expect(email.toText()).toMatch(/^Maintenance\n\nhttps:/);
    expect(email.toHtml()).not.toMatch(/Important|Critical|undefined/);
  });
});
