import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactDataRegistry, FileEraser, type ContactDataOwner, type MergeReceipt } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { ConversationUpdater, buildStatusPatch } from '../conversations/conversation-updater.service.js';
import { ContactMovesRepository } from './contact-moves.repository.js';
import { ContactMessagesRepository } from './contact-messages.repository.js';

interface MoveReceipt extends MergeReceipt {
  /** Id under which the moved conversations are stored. */
  readonly move_id: string;
}

const PAGE_SIZE = 500;
const MIN_UUID = '00000000-0000-0000-0000-000000000000';

type RecordRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** Moves, exports and erases the conversations and messages of contacts. */
@Injectable()
export class ConversationContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly moves: ContactMovesRepository,
    private readonly messages: ContactMessagesRepository,
    private readonly updater: ConversationUpdater,
    private readonly fileEraser: FileEraser,
    private readonly registry: ContactDataRegistry,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register('messaging.conversations', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<MoveReceipt> {
    const moveId = newId();
    await this.moves.reassign(workspaceId, fromIds, toId, moveId);
    return { move_id: moveId };
  }

  async restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.moves.restore(workspaceId, toId, (receipt as MoveReceipt).move_id);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for await (const conversation of paginate((after) =>
      this.moves.listConversations(workspaceId, contactId, after, PAGE_SIZE),
    )) {
      yield { kind: 'conversation', ...conversation };
      for await (const message of paginate((after) =>
        this.moves.listMessages(workspaceId, conversation.id, after, PAGE_SIZE),
      ))
        yield { kind: 'message', ...message };
    }
  }

  /**
   * Closes unfinished conversations through the updater, so that they emit the usual events, and then erases all
   * messages. Includes conversations that the caller cannot see.
   */
  erase(workspaceId: string, contactId: string): Promise<void> {
    return withHiddenInboxes([], () => this.eraseAll(workspaceId, contactId));
  }

  private async eraseAll(workspaceId: string, contactId: string): Promise<void> {
    for (const id of await this.moves.listUnfinishedConversationIds(workspaceId, contactId)) {
      await this.updater.update(workspaceId, id, (state, now) => ({
        ...(state.mergedInto === null && buildStatusPatch(state, 'closed', 'team', now)),
        waitingSince: null,
        unreadCount: 0,
      }));
    }
    await this.fileEraser.enqueue(
      workspaceId,
      await this.messages.erase(workspaceId, contactId, this.clock.now().toISOString()),
    );
  }
}

async function* paginate(readPage: (after: string) => Promise<readonly RecordRow[]>): AsyncIterable<RecordRow> {
  for (
    let rows = await readPage(MIN_UUID);
    rows.length > 0;
    rows = rows.length < PAGE_SIZE ? [] : await readPage(rows.at(-1)!.id)
  )
    yield* rows;
}
