import type { ConversationView } from '../conversations/conversation.view.js';
import type { MessageView } from '../messages/message.view.js';

/** A way to write a transcript down, piece by piece. */
export interface TranscriptFormat {
  head(conversation: ConversationView): string;
  message(message: MessageView): string;
  readonly foot: string;
}

const WHO: Readonly<Record<string, string>> = {
  contact: 'Customer',
  user: 'Agent',
  ai_agent: 'AI agent',
  bot: 'Bot',
  system: 'System',
};
const TAKEN_BACK = '(taken back)';

/** Writes times as people of a time zone read them: `2026-01-15 11:30`. */
export function clockOf(timeZone: string): (time: string) => string {
  // The Swedish way of writing times is the ISO one.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (time) => format.format(new Date(time));
}

function author({ author: { type, name }, type: kind }: MessageView): string {
  const who = WHO[type] ?? type;
  return `${name ?? who}${name === null ? '' : ` (${who.toLowerCase()})`}${kind === 'note' ? ', note' : ''}`;
}

function heading({ number, subject }: ConversationView): string {
  return `Conversation #${number}${subject === null ? '' : `: ${subject}`}`;
}

function about({ contact: { name, email }, channel, status }: ConversationView): string {
  const who = name === null ? (email ?? 'a customer') : `${name}${email === null ? '' : ` <${email}>`}`;
  return `With ${who}, by ${channel}, ${status}`;
}

function words({ body, deletedAt, attachments }: MessageView): string[] {
  return [deletedAt === null ? body : TAKEN_BACK, ...attachments.map(({ name }) => `Attached: ${name}`)].filter(
    (line) => line !== '',
  );
}

/** Plain text. */
export function textTranscript(timeZone: string): TranscriptFormat {
  const clock = clockOf(timeZone);
  return {
    head: (conversation) => `${heading(conversation)}\n${about(conversation)}\nTimes are those of ${timeZone}.\n`,
    message: (message) => `\n[${clock(message.createdAt)}] ${author(message)}:\n${words(message).join('\n')}\n`,
    foot: '',
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

const STYLE =
  'body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}article{margin:1em 0}article p{white-space:pre-wrap;margin:.2em 0}.note{background:#fff8dc}time{color:#666}';

/** A page of its own; nothing in it runs. */
export function htmlTranscript(timeZone: string): TranscriptFormat {
  const clock = clockOf(timeZone);
  return {
    head: (conversation) =>
      `<!doctype html>\n<html><head><meta charset="utf-8"><title>${escaped(heading(conversation))}</title><style>${STYLE}</style></head><body>\n` +
      `<h1>${escaped(heading(conversation))}</h1>\n<p>${escaped(about(conversation))}. Times are those of ${escaped(timeZone)}.</p>\n`,
    message: (message) =>
      `<article class="${message.type}"><header><strong>${escaped(author(message))}</strong> <time datetime="${message.createdAt}">${clock(message.createdAt)}</time></header>` +
      `${words(message)
        .map((line) => `<p>${escaped(line)}</p>`)
        .join('')}</article>\n`,
    foot: '</body></html>\n',
  };
}
