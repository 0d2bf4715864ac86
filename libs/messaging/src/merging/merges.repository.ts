import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { ConversationMergeReceipt } from './conversation-merge.js';

/** Merge that is not undone. */
export interface ConversationMerge {
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  /** Ids of the messages that moved. */
  readonly messageIds: readonly string[];
  /** Ids of the users that the merge added to the target as participants. */
  readonly participantIds: readonly string[];
  readonly receipt: ConversationMergeReceipt;
}

interface MergeRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly source_id: string;
  readonly target_id: string;
  readonly message_ids: string[];
  readonly participant_ids: string[];
  readonly receipt: ConversationMergeReceipt;
}

const ADD = statement(
  'messaging.add-merge',
  `insert into messaging.merges (id, workspace_id, source_id, target_id, message_ids, participant_ids, receipt,
    merged_at) values ($2, $1, $3, $4, $5, $6, $7, $8)`,
);
const FIND = statement(
  'messaging.find-merge',
  `select id, source_id, target_id, message_ids, participant_ids, receipt from messaging.merges
    where workspace_id = $1 and source_id = $2 and undone_at is null`,
);
const TARGETS = statement(
  'messaging.filter-merge-targets',
  `select distinct target_id from messaging.merges
    where workspace_id = $1 and target_id = any($2) and undone_at is null`,
);
const UNDO = statement(
  'messaging.undo-merge',
  'update messaging.merges set undone_at = $3 where workspace_id = $1 and id = $2',
);

/** Rows of `messaging.merges`. */
@Injectable()
export class MergesRepository {
  constructor(private readonly database: Database) {}

  async add(
    workspaceId: string,
    { id, sourceId, targetId, messageIds, participantIds, receipt }: ConversationMerge,
    now: string,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      id,
      sourceId,
      targetId,
      messageIds,
      participantIds,
      JSON.stringify(receipt),
      now,
    ]);
  }

  /** Returns the current merge of a conversation into another, or null. */
  async findBySource(workspaceId: string, sourceId: string): Promise<ConversationMerge | null> {
    const row = await this.database.row<MergeRow>(FIND, [workspaceId, sourceId]);
    return (
      row && {
        id: row.id,
        sourceId: row.source_id,
        targetId: row.target_id,
        messageIds: row.message_ids,
        participantIds: row.participant_ids,
        receipt: row.receipt,
      }
    );
  }

  /** Returns the ids of the conversations that others are merged into. */
  async filterTargets(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    return new Set(
      (await this.database.rows<{ target_id: string }>(TARGETS, [workspaceId, ids])).map((row) => row.target_id),
    );
  }

  async undo(workspaceId: string, id: string, now: string): Promise<void> {
    await this.database.execute(UNDO, [workspaceId, id, now]);
  }
}
