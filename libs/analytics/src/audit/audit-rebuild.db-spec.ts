import { Test, type TestingModule } from '@nestjs/testing';
import {
  Database,
  EventLogService,
  Events,
  KernelModule,
  makeLogger,
  newId,
  readSettings,
  runInContext,
  statement,
  systemContext,
  UnitOfWork,
  type Actor,
  type DomainEvent,
} from '@parley/kernel';
import { createTestDatabase, eventually, type TestDatabase } from '@parley/kernel/testing';
import {
  ConversationAssigned,
  ConversationCreated,
  ConversationResolved,
  ConversationTeamAssigned,
  MessageCreated,
  MessagingModule,
} from '@parley/messaging';
import { ApiKeyCreated, TeamCreated, TeamsModule, TeamUpdated, WorkspacesService } from '@parley/teams';
import { AnalyticsModule } from '../analytics.module.js';
import { AuditService } from './audit.service.js';

const ROWS = statement('testing.audit-rows', 'select * from analytics.audit_entries order by position');
const EVENTS = statement('testing.count-events', 'select count(*)::int as n from kernel.events');
const FORGET = statement('testing.forget-audit', 'delete from analytics.audit_entries');
const BEGIN_AGAIN = statement(
  'testing.begin-audit-again',
  `delete from kernel.subscriptions where id = 'analytics.keep-audit'`,
);
const ALL = {
  limit: 100,
  start: { offset: 0 },
  direction: 'asc',
  fingerprint: '',
  offset: 0,
  knownTotal: null,
} as const;

let database: TestDatabase;
let app: TestingModule;
let workspaceId: string;
let user: Actor;

function happen(actor: Actor, ...events: DomainEvent[]): Promise<void> {
  const context = { ...systemContext(`request-${newId()}`, null, workspaceId), actor };
  return runInContext(context, () =>
    app.get(UnitOfWork).run(async () => events.forEach((event) => app.get(Events).append(event))),
  );
}

async function rows(): Promise<Record<string, unknown>[]> {
  return app.get(Database).rows(ROWS);
}

function caughtUp(): Promise<Record<string, unknown>[]> {
  return eventually(async () => {
    const [kept, logged] = [await rows(), (await app.get(Database).row<{ n: number }>(EVENTS))!.n];
    return kept.length === logged ? kept : null;
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  const kernel = KernelModule.forRoot({
    settings: readSettings({ PARLEY_LOG_LEVEL: 'silent' }),
    databaseUrl: database.url,
    logger: makeLogger('silent'),
    relay: { pollMs: 50 },
  });
  app = await Test.createTestingModule({ imports: [kernel, TeamsModule, MessagingModule, AnalyticsModule] }).compile();
  app.useLogger(false);
  await app.init();
  const made = await app
    .get(WorkspacesService)
    .create('Acme', { email: 'sarah@example.com', name: 'Sarah Chen', passwordHash: '' });
  workspaceId = made.workspaceId;
  user = { kind: 'user', id: made.userId };
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

describe('the audit trail', () => {
  it('should be the same again when it is read anew from the log', async () => {
    const [conversation, team, key] = [newId(), newId(), newId()];
    const facts = {
      number: 42,
      channel: 'api',
      contact_id: newId(),
      inbox_id: null,
      team_id: null,
      assignee_id: null,
      status: 'open',
      priority: 'normal',
      tags: [],
      message_id: null,
    };
    await happen(
      user,
      new ApiKeyCreated(key, { name: 'CI', kind: 'service', scopes: ['*'] }),
      new TeamCreated(team, { name: 'Billing' }),
    );
    await happen({ kind: 'api_key', id: key }, new ConversationCreated(conversation, facts));
    await happen(
      user,
      new ConversationAssigned(conversation, { changed: { assignee_id: [null, user.id] } }),
      new ConversationTeamAssigned(conversation, { changed: { team_id: [null, team] } }),
    );
    await happen(user, new TeamUpdated(team, { changed: { name: ['Billing', 'Money'] } }));
    await happen(
      user,
      new ConversationTeamAssigned(conversation, { changed: { team_id: [null, team] } }),
      new ConversationResolved(conversation, { changed: { status: ['open', 'resolved'] } }),
    );
    await happen(
      { kind: 'contact', id: newId() },
      new MessageCreated(newId(), {
        conversation_id: conversation,
        type: 'comment',
        author_type: 'contact',
        author_id: null,
      }),
    );
    const before = await caughtUp();

    await app.get(Database).execute(FORGET);
    await app.get(Database).execute(BEGIN_AGAIN);
    await happen(user, new TeamUpdated(team, { changed: { name: ['Money', 'Billing'] } }));
    expect((await caughtUp()).slice(0, -1)).toEqual(before);

    const lines = (await app.get(AuditService).list(workspaceId, {}, ALL)).items.map(({ summary }) => summary);
    expect(lines).toEqual([
      'Sarah Chen joined the workspace',
      'Sarah Chen created API key CI',
      'Sarah Chen created team Billing',
      'API key CI began conversation #42',
      'Sarah Chen assigned conversation #42 to Sarah Chen',
      'Sarah Chen gave conversation #42 to team Billing',
      'Sarah Chen updated team Money (name)',
      'Sarah Chen gave conversation #42 to team Money',
      'Sarah Chen resolved conversation #42',
      'A customer wrote a message in conversation #42',
      'Sarah Chen updated team Billing (name)',
    ]);
  });

  it('should not change when it is handed an event that it has', async () => {
    const before = await caughtUp();
    const log = app.get(EventLogService);
    const events = await log.page(
      workspaceId,
      0,
      await log.horizon(),
      { types: null, subjectId: null, correlationId: null },
      1_000,
    );
    for (const event of events) await app.get(AuditService).keep(event);
    expect(events).toHaveLength(before.length);
    expect(await rows()).toEqual(before);
  });

  it('should not show entries of another workspace', async () => {
    const before = await caughtUp();
    const other = newId();
    expect((await app.get(AuditService).list(other, {}, ALL)).items).toEqual([]);
    await expect(app.get(AuditService).get(other, before[0]!.id as string)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
