import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '@parley/kernel';
import type { PageRequest } from '@parley/kernel/pagination';
import { WorkspacesService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { MessagesService } from '../messages/messages.service.js';
import type { MessageView } from '../messages/message.view.js';
import { htmlTranscriptFormat, textTranscriptFormat } from './transcript-format.js';

const PAGE_SIZE = 200;

/** Conversation with its messages, read on demand. */
export interface Transcript {
  readonly conversation: ConversationView;
  /** Oldest first. */
  readonly messages: AsyncIterable<MessageView>;
}

/** Transcripts of conversations. */
@Injectable()
export class TranscriptsService {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, conversationId: string, includeNotes: boolean): Promise<Transcript> {
    const conversation = await this.conversations.get(workspaceId, conversationId);
    return {
      conversation,
      messages: this.streamMessages(workspaceId, conversationId, [
        'comment',
        'reply',
        'system',
        ...(includeNotes ? ['note'] : []),
      ]),
    };
  }

  /** Renders a transcript as text or HTML, piece by piece, with times in the workspace's time zone. */
  async render(
    workspaceId: string,
    { conversation, messages }: Transcript,
    formatName: 'text' | 'html',
  ): Promise<AsyncIterable<string>> {
    const { timezone } = await this.workspaces.get(workspaceId);
    const format = formatName === 'text' ? textTranscriptFormat(timezone) : htmlTranscriptFormat(timezone);
    return (async function* renderPieces() {
      yield format.header(conversation);
      for await (const message of messages) yield format.message(message);
      yield format.footer;
    })();
  }

  private async *streamMessages(
    workspaceId: string,
    conversationId: string,
    types: readonly string[],
  ): AsyncGenerator<MessageView> {
    // The consumer of the stream continues outside of this context.
    const context = currentContext()!;
    let start: PageRequest['start'] = { offset: 0 };
    for (;;) {
      const request: PageRequest = { limit: PAGE_SIZE, start, direction: 'asc', countTotal: false };
      const page = await runInContext(context, () =>
        this.messages.list(workspaceId, { conversationId, types }, request),
      );
      yield* page.items;
      if (page.next === null) return;
      start = { after: page.next };
    }
  }
}
