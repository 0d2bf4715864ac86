import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { rangeConditions, ListReader, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { ParticipantView } from './participant.view.js';

interface ParticipantRow {
  readonly [column: string]: unknown;
  readonly user_id: string;
  readonly name: string | null;
  readonly avatar_url: string | null;
  readonly created_at: string;
}

const COLUMNS = 'p.user_id, p.created_at, u.name, u.avatar_url';
const FROM = 'messaging.participants p left join teams.user_cards u on u.id = p.user_id';

const FIND = statement(
  'messaging.find-participant',
  `select ${COLUMNS} from ${FROM} where p.workspace_id = $1 and p.conversation_id = $2 and p.user_id = $3`,
);
const LIST_IDS = statement(
  'messaging.list-participant-ids',
  'select user_id from messaging.participants where workspace_id = $1 and conversation_id = $2 order by user_id',
);
const ADD = statement(
  'messaging.add-participants',
  `insert into messaging.participants (workspace_id, conversation_id, user_id, created_at) select $1, $2, added, $4
    from unnest($3::uuid[]) added
   on conflict do nothing returning user_id`,
);
const REMOVE = statement(
  'messaging.remove-participants',
  `delete from messaging.participants where workspace_id = $1 and conversation_id = $2 and user_id = any($3)
    returning user_id`,
);

function toView(row: ParticipantRow): ParticipantView {
  return { userId: row.user_id, name: row.name, avatarUrl: row.avatar_url, createdAt: row.created_at };
}

/** Rows of `messaging.participants`. */
@Injectable()
export class ParticipantsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  list(
    workspaceId: string,
    conversationId: string,
    { createdAfter, createdBefore }: TimeRange,
    request: PageRequest,
  ): Promise<Page<ParticipantView>> {
    const values: unknown[] = [workspaceId, conversationId];
    const where = [
      'p.workspace_id = $1',
      'p.conversation_id = $2',
      ...rangeConditions('p.created_at', createdAfter, createdBefore, createBinder(values)),
    ];
    return this.lists.read<ParticipantRow, ParticipantView>(
      {
        domain: 'messaging.list-participants',
        select: COLUMNS,
        from: FROM,
        countFrom: 'messaging.participants p',
        where,
        values,
        request,
        order: [
          { sql: 'p.created_at', type: 'timestamptz' },
          { sql: 'p.user_id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  async find(workspaceId: string, conversationId: string, userId: string): Promise<ParticipantView | null> {
    const row = await this.database.row<ParticipantRow>(FIND, [workspaceId, conversationId, userId]);
    return row && toView(row);
  }

  /** Returns the ids of the users who follow the conversation. */
  async listIds(workspaceId: string, conversationId: string): Promise<string[]> {
    return (await this.database.rows<{ user_id: string }>(LIST_IDS, [workspaceId, conversationId])).map(
      (row) => row.user_id,
    );
  }

  /** Returns the ids of the users who were not participants before. */
  async add(workspaceId: string, conversationId: string, userIds: readonly string[], now: string): Promise<string[]> {
    return (await this.database.rows<{ user_id: string }>(ADD, [workspaceId, conversationId, userIds, now])).map(
      (row) => row.user_id,
    );
  }

  /** Returns the ids of the users who were participants. */
  async remove(workspaceId: string, conversationId: string, userIds: readonly string[]): Promise<string[]> {
    return (await this.database.rows<{ user_id: string }>(REMOVE, [workspaceId, conversationId, userIds])).map(
      (row) => row.user_id,
    );
  }
}
