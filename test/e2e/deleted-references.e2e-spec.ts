import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';

const ROUNDS = 6;
const CONVERSATIONS = 30;
const DELAYS_MS = [0, 5, 10, 20, 40, 60];
/** Content of conversations whose updates take long, so that a deletion is delivered to its subscribers before them. */
const SLOW = 'deleted-references-slow';

/** A kind of object that conversations refer to. */
interface Kind {
  readonly field: 'inbox_id' | 'team_id' | 'assignee_id';
  readonly create: (workspace: Workspace) => Promise<string>;
  readonly end: (workspace: Workspace, id: string) => Promise<{ readonly status: number }>;
}

const KINDS: readonly Kind[] = [
  {
    field: 'inbox_id',
    create: async ({ client }) => (await createInbox(client)).id,
    end: ({ client }, id) => client.delete(`/v1/team-inboxes/${id}`),
  },
  {
    field: 'team_id',
    create: async ({ client }) => (await createTeam(client)).id,
    end: ({ client }, id) => client.delete(`/v1/teams/${id}`),
  },
  {
    field: 'assignee_id',
    create: async (workspace) => (await createMember(workspace)).userId,
    end: ({ client }, id) => client.post(`/v1/users/${id}/deactivate`, {}),
  },
];

let workspace: Workspace;
let contactId: string;
let ids: string[];

beforeAll(async () => {
  workspace = await registerWorkspace();
  contactId = (await createContact(workspace.client)).id;
  ids = [];
  for (let index = 0; index < CONVERSATIONS; index += 1)
    ids.push((await createConversation(workspace.client, { contact_id: contactId })).id);
});

/** Sets the field in parallel: by a bulk update, by updates and by new conversations. */
function refer(body: object): Promise<{ readonly status: number }>[] {
  const { client } = workspace;
  return [
    client.post('/v1/conversations/bulk', { ids, update: body }),
    ...ids.slice(0, 6).map((id) => client.patch(`/v1/conversations/${id}`, body)),
    ...ids.slice(0, 6).map(() => client.post('/v1/conversations', { contact_id: contactId, ...body })),
  ];
}

async function countReferences(field: Kind['field'], objectIds: readonly string[]): Promise<number> {
  const rows = await runSql(
    `select count(*)::int as count from messaging.conversations where ${field} = any($1::uuid[])`,
    [objectIds],
  );
  return Number(rows[0]!['count']);
}

describe('deletion while a conversation is being updated', () => {
  beforeAll(async () => {
    await runSql(
      `create or replace function messaging.testing_slow_update() returns trigger language plpgsql as
         $$ begin perform pg_sleep(1); return new; end $$`,
    );
    await runSql(
      `create trigger testing_slow_update before update on messaging.conversations
         for each row when (new.subject = '${SLOW}') execute function messaging.testing_slow_update()`,
    );
  });

  afterAll(async () => {
    await runSql('drop trigger testing_slow_update on messaging.conversations');
    await runSql('drop function messaging.testing_slow_update');
  });

  it.each(KINDS)(
    'should leave no conversation with a deleted object when $field is being set',
    async (kind) => {
      const id = await kind.create(workspace);
      const slow = await createConversation(workspace.client, { contact_id: contactId, subject: SLOW });
      const updating = workspace.client.patch(`/v1/conversations/${slow.id}`, { [kind.field]: id });
      await eventually(
        async () =>
          (await runSql(`select 1 from pg_stat_activity where wait_event = 'PgSleep' and state = 'active'`)).length > 0,
      );
      const ended = await kind.end(workspace, id);
      expect([200, 204]).toContain(ended.status);
      expect((await updating).status).toBe(200);
      await eventually(async () => expect(await countReferences(kind.field, [id])).toBe(0), { timeoutMs: 6_000 });
    },
    30_000,
  );
});

describe('deletion at the same time as new references', () => {
  it.each(KINDS)(
    'should leave no conversation with a deleted object when $field is set',
    async (kind) => {
      const deletedIds: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = await kind.create(workspace);
        const referring = refer({ [kind.field]: id });
        await new Promise((resolve) => setTimeout(resolve, DELAYS_MS[round]));
        const { status } = await kind.end(workspace, id);
        expect([200, 204]).toContain(status);
        for (const response of await Promise.all(referring)) expect([200, 201, 422]).toContain(response.status);
        deletedIds.push(id);
      }
      await eventually(async () => expect(await countReferences(kind.field, deletedIds)).toBe(0), {
        timeoutMs: 10_000,
      });
    },
    60_000,
  );

  it('should leave no conversation with a deleted team when its inbox brings the team', async () => {
    const deletedIds: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await createTeam(workspace.client);
      const inbox = await createInbox(workspace.client, { team_id: id });
      const creating = ids
        .slice(0, 12)
        .map(() => workspace.client.post('/v1/conversations', { contact_id: contactId, inbox_id: inbox.id }));
      await new Promise((resolve) => setTimeout(resolve, DELAYS_MS[round]));
      expect([200, 204]).toContain((await workspace.client.delete(`/v1/teams/${id}`)).status);
      expect((await Promise.all(creating)).map(({ status }) => status)).toEqual(creating.map(() => 201));
      deletedIds.push(id);
    }
    await eventually(async () => expect(await countReferences('team_id', deletedIds)).toBe(0), { timeoutMs: 10_000 });
  }, 60_000);
});
