import type { Mail } from '@parley/kernel/mail';

/** Recipient of a notification mail. */
export interface NotificationMailRecipient {
  readonly email: string;
  readonly name: string;
  readonly workspaceName: string;
}

/** Notification in a mail. */
export interface NotificationMailItem {
  readonly title: string;
  readonly body: string;
  readonly conversationId: string | null;
}

/** Builds one mail with all notifications, oldest first. */
export function buildNotificationMail(
  { email, name, workspaceName }: NotificationMailRecipient,
  notifications: readonly NotificationMailItem[],
  publicUrl: string,
): Mail {
  const workspace = workspaceName.replace(/\s+/g, ' ');
  const [first] = notifications;
  const entries = notifications.map(({ title, body, conversationId }) => ({
    title,
    body,
    url: conversationId === null ? null : `${publicUrl}/conversations/${conversationId}`,
  }));
  const footer =
    `You receive this e-mail because you are a member of ${workspace} on Parley. You can change your notification ` +
    'preferences at any time.';
  const text = [
    `Hello ${name},`,
    ...entries.map(({ title, body, url }) => [title, body, url].filter(Boolean).join('\n')),
    footer,
  ];
  const items = entries.map(
    ({ title, body, url }) =>
      `<li><p>${url === null ? escapeHtml(title) : `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`}</p>` +
      `${body === '' ? '' : `<p>${escapeHtml(body)}</p>`}</li>`,
  );
  return {
    to: email,
    subject:
      notifications.length === 1
        ? `${first!.title} (${workspace})`
        : `${notifications.length} notifications from ${workspace}`,
    text: `${text.join('\n\n')}\n`,
    html: `<p>Hello ${escapeHtml(name)},</p><ul>${items.join('')}</ul><p>${escapeHtml(footer)}</p>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
