import { Injectable } from '@nestjs/common';
import { currentContext, runInContext, type PageRequest } from '@parley/kernel';
import { WorkspacesService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import type { ConversationView } from '../conversations/conversation.view.js';
import { MessagesService } from '../messages/messages.service.js';
import type { MessageView } from '../messages/message.view.js';
import { htmlTranscript, textTranscript } from './transcript-text.js';

const PAGE = 200;

/** A conversation and all that was said in it, read as it is needed. */
export interface Transcript {
  readonly conversation: ConversationView;
  /** Oldest first. */
  readonly messages: AsyncIterable<MessageView>;
}

/** Conversations from beginning to end. */
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
      messages: this.thread(workspaceId, conversationId, [
        'comment',
        'reply',
        'system',
        ...(includeNotes ? ['note'] : []),
      ]),
    };
  }

  /** A transcript as text or as a page, piece by piece, with the times of the workspace's time zone. */
  async written(
    workspaceId: string,
    { conversation, messages }: Transcript,
    as: 'text' | 'html',
  ): Promise<AsyncIterable<string>> {
    const { timezone } = await this.workspaces.get(workspaceId);
    const format = as === 'text' ? textTranscript(timezone) : htmlTranscript(timezone);
    return (async function* pieces() {
      yield format.head(conversation);
      for await (const message of messages) yield format.message(message);
      yield format.foot;
    })();
  }

  private async *thread(
    workspaceId: string,
    conversationId: string,
    types: readonly string[],
  ): AsyncGenerator<MessageView> {
    // Whoever reads on later does so from somewhere else.
    const context = currentContext()!;
    let start: PageRequest['start'] = { offset: 0 };
    for (;;) {
      // Nobody asks for the total.
      const request: PageRequest = {
        limit: PAGE,
        start,
        direction: 'asc',
        fingerprint: '',
        offset: null,
        knownTotal: { value: 0, estimate: true },
      };
      const page = await runInContext(context, () =>
        this.messages.list(workspaceId, { conversationId, types }, request),
      );
      yield* page.items;
      if (page.next === null) return;
      start = { after: page.next };
    }
  }
}
