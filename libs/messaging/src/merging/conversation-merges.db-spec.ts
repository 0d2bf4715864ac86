import { Database, statement, UnitOfWork } from '@parley/kernel';
import fc from 'fast-check';
import { ConversationEdits } from '../conversations/conversation-edit.service.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { MessagingWorld } from '../testing/messaging-world.js';
import { ConversationMerges } from './conversation-merges.service.js';
import { ThreadsRepository } from './threads.repository.js';

const STATES = statement(
  'testing.conversations',
  `select to_jsonb(c) - 'version' - 'updated_at' as state from messaging.conversations c where id = any($1) order by id`,
);
const THREADS = statement(
  'testing.threads',
  'select to_jsonb(m) as message from messaging.messages m where conversation_id = any($1) order by id',
);
const FOLLOWERS = statement(
  'testing.followers',
  'select conversation_id, user_id from messaging.participants where conversation_id = any($1) order by 1, 2',
);
const TIMERS = statement(
  'testing.timers',
  'select kind, key, due_at from kernel.timers where key = any($1) order by key',
);
const COUNTS = statement(
  'testing.counts',
  `select message_count, unread_count, waiting_since, first_replied_at, last_activity_at, last_customer_message_at, last_agent_reply_at, last_message from messaging.conversations where id = $1`,
);

type Step = (id: string) => Promise<unknown>;

let world: MessagingWorld;
let steps: Readonly<Record<string, Step>>;

beforeAll(async () => {
  world = await MessagingWorld.start();
  const [messages, edits] = [world.get(MessagesService), world.get(ConversationEdits)];
  const say =
    (type: 'comment' | 'reply' | 'note', body: string): Step =>
    (id) =>
      messages.create(world.workspaceId, id, { type, body });
  steps = {
    comment: say('comment', 'Any news? 😀'),
    reply: say('reply', 'Soon.'),
    note: say('note', 'Who knows?'),
    resolve: (id) => edits.resolve(world.workspaceId, id),
    snooze: (id) => edits.snooze(world.workspaceId, id, '2100-01-01T00:00:00.000Z'),
    open: (id) => edits.open(world.workspaceId, id),
    assign: (id) => edits.edit(world.workspaceId, id, { assigneeId: world.userId }),
    tag: (id) => edits.retag(world.workspaceId, id, { add: ['billing'] }),
  };
}, 60_000);

afterAll(() => world.stop());

/** What happens in a conversation; what its status refuses does not. */
async function happen(id: string, names: readonly string[]): Promise<void> {
  for (const name of names)
    await world
      .as(() => steps[name]!(id))
      .catch((error: { code?: string }) => expect(error.code).toBe('UNPROCESSABLE'));
}

async function exported(ids: readonly string[]): Promise<unknown> {
  const database = world.get(Database);
  return Promise.all([STATES, THREADS, FOLLOWERS, TIMERS].map((query) => database.rows(query, [ids])));
}

const script = fc.array(fc.constantFrom('comment', 'reply', 'note', 'resolve', 'snooze', 'open', 'assign', 'tag'), {
  maxLength: 6,
});

it('should give back exactly what was there, when nothing has happened in between', async () => {
  await fc.assert(
    fc.asyncProperty(script, script, fc.boolean(), async (ofSource, ofTarget, empty) => {
      const [source, target] = [await world.begin(empty ? { message: undefined } : {}), await world.begin()];
      await happen(source.id, ofSource);
      await happen(target.id, ofTarget);
      const before = await exported([source.id, target.id]);
      const merges = world.get(ConversationMerges);
      const merged = await world.as(() => merges.merge(world.workspaceId, source.id, { intoId: target.id }));
      expect(merged.messageCount).toBe((await world.get(Database).rows(THREADS, [[target.id]])).length);
      expect(await world.get(Database).rows(THREADS, [[source.id]])).toEqual([]);
      await world.as(() => merges.unmerge(world.workspaceId, source.id));
      expect(await exported([source.id, target.id])).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it('should keep what happened in between where it happened', async () => {
  await fc.assert(
    fc.asyncProperty(script, script, script, async (ofSource, ofTarget, between) => {
      const [source, target] = [await world.begin(), await world.begin()];
      await happen(source.id, ofSource);
      await happen(target.id, ofTarget);
      const { messageCount } = await world.as(() => world.get(ConversationsService).get(world.workspaceId, source.id));
      const merges = world.get(ConversationMerges);
      const { messageCount: merged } = await world.as(() =>
        merges.merge(world.workspaceId, source.id, { intoId: target.id }),
      );
      await happen(between.length % 2 === 0 ? target.id : source.id, between);
      const said = (await world.as(() => world.get(ConversationsService).get(world.workspaceId, target.id)))
        .messageCount;
      await world.as(() => merges.unmerge(world.workspaceId, source.id));
      const [back, kept] = [
        await world.as(() => world.get(ConversationsService).get(world.workspaceId, source.id)),
        await world.as(() => world.get(ConversationsService).get(world.workspaceId, target.id)),
      ];
      expect([back.messageCount, back.mergedInto, kept.messageCount]).toEqual([
        messageCount,
        null,
        said - messageCount,
      ]);
      expect(said).toBeGreaterThanOrEqual(merged);
      for (const id of [source.id, target.id])
        expect(await world.get(Database).rows(THREADS, [[id]])).toHaveLength(
          id === source.id ? messageCount : said - messageCount,
        );
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('should recount what saying it one by one has made of it', async () => {
  const saying = fc.array(fc.constantFrom('comment', 'reply', 'note', 'assign', 'tag'), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(saying, async (names) => {
      const { id } = await world.begin();
      await happen(id, names);
      const database = world.get(Database);
      const before = await database.row(COUNTS, [id]);
      await world.as(() =>
        world.get(UnitOfWork).run(() => world.get(ThreadsRepository).recount(world.workspaceId, id)),
      );
      expect(await database.row(COUNTS, [id])).toEqual(before);
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('should not lose what is said at the same time', async () => {
  const [source, target] = [await world.begin(), await world.begin()];
  const merges = world.get(ConversationMerges);
  const saying = Array.from({ length: 8 }, (_none, index) =>
    world.as(() => steps[index % 2 === 0 ? 'comment' : 'note']!(source.id)),
  );
  await Promise.all([...saying, world.as(() => merges.merge(world.workspaceId, source.id, { intoId: target.id }))]);
  const { messageCount } = await world.as(() => world.get(ConversationsService).get(world.workspaceId, target.id));
  expect(messageCount).toBe(10);
  expect(await world.get(Database).rows(THREADS, [[target.id]])).toHaveLength(10);
});
