import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactHoldingsRegistry, FileErasure, type ContactHoldings, type MergeReceipt } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { ConversationChanges, statusPatch } from '../conversations/conversation-change.service.js';
import { ContactMovesRepository } from './contact-moves.repository.js';
import { ContactWordsRepository } from './contact-words.repository.js';

interface MoveReceipt extends MergeReceipt {
  /** Under which the moved conversations are kept. */
  readonly move_id: string;
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** Conversations, and what contacts said in them, go with the contacts. */
@Injectable()
export class ConversationHoldings implements ContactHoldings, OnModuleInit {
  constructor(
    private readonly moves: ContactMovesRepository,
    private readonly words: ContactWordsRepository,
    private readonly changes: ConversationChanges,
    private readonly files: FileErasure,
    private readonly registry: ContactHoldingsRegistry,
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

  async giveBack(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.moves.giveBack(workspaceId, toId, (receipt as MoveReceipt).move_id);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for await (const conversation of paged((after) => this.moves.conversations(workspaceId, contactId, after, PAGE))) {
      yield { kind: 'conversation', ...conversation };
      for await (const message of paged((after) => this.moves.messages(workspaceId, conversation.id, after, PAGE)))
        yield { kind: 'message', ...message };
    }
  }

  /** Nobody is left to be answered: what was going on with them is closed, like any other conversation that is. */
  async erase(workspaceId: string, contactId: string): Promise<void> {
    for (const id of await this.moves.unfinished(workspaceId, contactId)) {
      await this.changes.change(workspaceId, id, (state, now) => ({
        ...(state.mergedInto === null && statusPatch(state, 'closed', 'team', now)),
        waitingSince: null,
        unreadCount: 0,
      }));
    }
    await this.files.later(workspaceId, await this.words.erase(workspaceId, contactId, this.clock.now().toISOString()));
  }
}

async function* paged(read: (after: string) => Promise<readonly Row[]>): AsyncIterable<Row> {
  for (let rows = await read(FIRST); rows.length > 0; rows = rows.length < PAGE ? [] : await read(rows.at(-1)!.id))
    yield* rows;
}
