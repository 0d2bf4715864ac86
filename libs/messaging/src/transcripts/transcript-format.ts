import type { ConversationView } from '../conversations/conversation.view.js';
import type { MessageView } from '../messages/message.view.js';

/** Format of a transcript, written piece by piece. */
export interface TranscriptFormat {
  header(conversation: ConversationView): string;
  message(message: MessageView): string;
  readonly footer: string;
}

const AUTHOR_LABELS: Readonly<Record<string, string>> = {
  contact: 'Customer',
  user: 'Agent',
  ai_agent: 'AI agent',
  bot: 'Bot',
  system: 'System',
};
const DELETED_PLACEHOLDER = '(deleted)';

/** Returns a formatter for times in a time zone: `2026-01-15 11:30`. */
export function timeFormatter(timeZone: string): (time: string) => string {
  // The Swedish locale uses the ISO format.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (time) => format.format(new Date(time));
}

function authorLabel({ author: { type, name }, type: kind }: MessageView): string {
  const label = AUTHOR_LABELS[type] ?? type;
  return `${name ?? label}${name === null ? '' : ` (${label.toLowerCase()})`}${kind === 'note' ? ', note' : ''}`;
}

function titleLine({ number, subject }: ConversationView): string {
  return `Conversation #${number}${subject === null ? '' : `: ${subject}`}`;
}

function describeConversation({ contact: { name, email }, channel, status }: ConversationView): string {
  const label = name === null ? (email ?? 'a customer') : `${name}${email === null ? '' : ` <${email}>`}`;
  return `With ${label}, by ${channel}, ${status}`;
}

function bodyLines({ body, deletedAt, attachments }: MessageView): string[] {
  return [
    deletedAt === null ? body : DELETED_PLACEHOLDER,
    ...attachments.map(({ name }) => `Attached: ${name}`),
  ].filter((line) => line !== '');
}

/** Plain text. */
export function textTranscriptFormat(timeZone: string): TranscriptFormat {
  const formatTime = timeFormatter(timeZone);
  return {
    header: (conversation) =>
      `${titleLine(conversation)}\n${describeConversation(conversation)}\nTime zone: ${timeZone}\n`,
    message: (message) =>
      `\n[${formatTime(message.createdAt)}] ${authorLabel(message)}:\n${bodyLines(message).join('\n')}\n`,
    footer: '',
  };
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML_ESCAPES[character]!);
}

const STYLE =
  'body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}article{margin:1em 0}' +
  'article p{white-space:pre-wrap;margin:.2em 0}.note{background:#fff8dc}time{color:#666}';

/** Standalone HTML page without scripts. */
export function htmlTranscriptFormat(timeZone: string): TranscriptFormat {
  const formatTime = timeFormatter(timeZone);
  return {
    header: (conversation) => {
      const title = escapeText(titleLine(conversation));
      const description = escapeText(describeConversation(conversation));
      return (
        `<!doctype html>\n<html><head><meta charset="utf-8"><title>${title}</title>` +
        `<style>${STYLE}</style></head><body>\n` +
        `<h1>${title}</h1>\n<p>${description}. Time zone: ${escapeText(timeZone)}</p>\n`
      );
    },
    message: (message) =>
      `<article class="${message.type}"><header><strong>${escapeText(authorLabel(message))}</strong> ` +
      `<time datetime="${message.createdAt}">${formatTime(message.createdAt)}</time></header>` +
      `${bodyLines(message)
        .map((line) => `<p>${escapeText(line)}</p>`)
        .join('')}</article>\n`,
    footer: '</body></html>\n',
  };
}
