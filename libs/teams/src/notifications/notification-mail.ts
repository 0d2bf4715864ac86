import type { Mail } from '@parley/kernel';

/** Who is mailed. */
export interface MailedMember {
  readonly email: string;
  readonly name: string;
  readonly workspaceName: string;
}

/** One thing that they are told of. */
export interface MailedNotification {
  readonly title: string;
  readonly body: string;
  readonly conversationId: string | null;
}

/** One mail of all that somebody is told of, the oldest first. */
export function notificationMail(
  { email, name, workspaceName }: MailedMember,
  notifications: readonly MailedNotification[],
  publicUrl: string,
): Mail {
  const workspace = workspaceName.replace(/\s+/g, ' ');
  const [first] = notifications;
  const entries = notifications.map(({ title, body, conversationId }) => ({
    title,
    body,
    url: conversationId === null ? null : `${publicUrl}/conversations/${conversationId}`,
  }));
  const footer = `You get this mail because you are a member of ${workspace} on Parley. Which mails you get is among your notification preferences.`;
  const text = [
    `Hello ${name},`,
    ...entries.map(({ title, body, url }) => [title, body, url].filter(Boolean).join('\n')),
    footer,
  ];
  const items = entries.map(
    ({ title, body, url }) =>
      `<li><p>${url === null ? escaped(title) : `<a href="${escaped(url)}">${escaped(title)}</a>`}</p>${body === '' ? '' : `<p>${escaped(body)}</p>`}</li>`,
  );
  return {
    to: email,
    subject:
      notifications.length === 1
        ? `${first!.title} (${workspace})`
        : `${notifications.length} notifications from ${workspace}`,
    text: `${text.join('\n\n')}\n`,
    html: `<p>Hello ${escaped(name)},</p><ul>${items.join('')}</ul><p>${escaped(footer)}</p>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
