import { buildNotificationMail } from './notification-mail.js';

const RECIPIENT = { email: 'ben@acme.example', name: 'Ben <b>', workspaceName: 'Acme\n& Sons' };
const ITEM = { title: 'You were assigned conversation #42', body: '<script>', conversationId: 'c1' };

describe('buildNotificationMail', () => {
  it('should use the title as subject and link to the conversation when there is one notification', () => {
    const { subject, text, html } = buildNotificationMail(RECIPIENT, [ITEM], 'https://acme.example');
    expect(subject).toBe('You were assigned conversation #42 (Acme & Sons)');
    expect(text).toContain('<script>\nhttps://acme.example/conversations/c1');
    expect(html).toContain('<a href="https://acme.example/conversations/c1">You were assigned conversation #42</a>');
  });

  it('should list all notifications and escape HTML', () => {
    const { subject, html } = buildNotificationMail(
      RECIPIENT,
      [ITEM, { title: 'More', body: '', conversationId: null }],
      'https://acme.example',
    );
    expect(subject).toBe('2 notifications from Acme & Sons');
    expect(html).not.toMatch(/<script>|<b>/);
    expect(html).toContain('Acme &amp; Sons');
  });
});
