import fc from 'fast-check';
import { buildConversationState } from '../conversations/conversation.samples.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import type { MessageView } from '../messages/message.view.js';
import { timeFormatter, htmlTranscriptFormat, textTranscriptFormat } from './transcript-format.js';

const conversation: ConversationView = {
  ...buildConversationState({ number: 42 }),
  contact: { id: 'c', name: 'John Doe', email: 'john@example.com' },
  assignee: null,
  team: null,
  inbox: null,
};

function buildMessage(fields: Partial<MessageView> = {}): MessageView {
  return {
    id: 'm',
    conversationId: 'k',
    type: 'comment',
    body: 'Where is it?',
    bodyHtml: null,
    contentType: 'text',
    contentAttributes: {},
    author: { type: 'contact', id: 'c', name: 'John Doe' },
    attachments: [],
    status: 'sent',
    statusError: null,
    externalId: null,
    inReplyTo: null,
    mentions: [],
    editedAt: null,
    deletedAt: null,
    version: 1,
    createdAt: '2026-01-15T10:30:00.000Z',
    updatedAt: '2026-01-15T10:30:00.000Z',
    ...fields,
  };
}

it.each([
  ['UTC', '2026-01-15 10:30'],
  ['Europe/Berlin', '2026-01-15 11:30'],
  ['America/New_York', '2026-01-15 05:30'],
  ['Asia/Kathmandu', '2026-01-15 16:15'],
])('should format times in the time zone %s', (zone, text) => {
  expect(timeFormatter(zone)('2026-01-15T10:30:00.000Z')).toBe(text);
});

describe('textTranscriptFormat', () => {
  const format = textTranscriptFormat('Europe/Berlin');

  it('should format the header and messages with author and time', () => {
    expect(format.header(conversation)).toBe(
      'Conversation #42: Missing invoice\nWith John Doe <john@example.com>, by email, open\nTime zone: ' +
        'Europe/Berlin\n',
    );
    expect(format.message(buildMessage())).toBe('\n[2026-01-15 11:30] John Doe (customer):\nWhere is it?\n');
  });

  it('should include attachments, notes and deleted messages', () => {
    const file = { id: 'f', name: 'a.pdf', size: 1, mime_type: 'application/pdf', width: null, height: null };
    expect(
      format.message(
        buildMessage({ type: 'note', author: { type: 'user', id: 'u', name: 'Sarah' }, attachments: [file] }),
      ),
    ).toContain('Sarah (agent), note:\nWhere is it?\nAttached: a.pdf\n');
    expect(
      format.message(
        buildMessage({
          body: '',
          deletedAt: '2026-01-15T10:30:00.000Z',
          author: { type: 'system', id: null, name: null },
        }),
      ),
    ).toContain('System:\n(deleted)\n');
  });
});

it('should escape all text when the format is HTML', () => {
  const format = htmlTranscriptFormat('UTC');
  const fragment = fc
    .array(fc.constantFrom('<', '>', '"', "'", '&', 'script', '<b>', 'x', '</p>'), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fragment, fragment, (body, name) => {
      const html = format.message(buildMessage({ body: `x${body}`, author: { type: 'contact', id: 'c', name } }));
      expect(
        html.replace(
          /<(article class="comment"|\/?header|\/?strong|time datetime="[^"<]*"|\/time|\/?p|\/article)>/g,
          '',
        ),
      ).not.toMatch(/[<>]/);
    }),
  );
});
