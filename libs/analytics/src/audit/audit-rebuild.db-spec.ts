import { Test, type TestingModule } from '@nestjs/testing';
import {
  KernelModule,
  createLogger,
  newId,
  readSettings,
  runInContext,
  systemContext,
  type Actor,
} from '@parley/kernel';
import { Database, statement, UnitOfWork } from '@parley/kernel/database';
import { EventLogService, Events, type DomainEvent } from '@parley/kernel/events';
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

const LIST_ENTRIES = statement('testing.list-audit-entries', 'select * from analytics.audit_entries order by position');
const COUNT_EVENTS = statement('testing.count-events', 'select count(*)::int as n from kernel.events');
const DELETE_ENTRIES = statement('testing.delete-audit-entries', 'delete from analytics.audit_entries');
const RESET_SUBSCRIPTION = statement(
  'testing.reset-audit-subscription',
  `delete from kernel.subscriptions where id = 'analytics.record-audit-entries'`,
);
const ALL = {
  limit: 100,
  start: { offset: 0 },
  direction: 'asc',
} as const;

let database: TestDatabase;
let app: TestingModule;
let workspaceId: string;
let user: Actor;

function appendEvents(actor: Actor, ...events: DomainEvent[]): Promise<void> {
  const context = { ...systemContext(`request-${newId()}`, null, workspaceId), actor };
  return runInContext(context, () =>
    app.get(UnitOfWork).run(async () => events.forEach((event) => app.get(Events).append(event))),
  );
}

async function listEntries(): Promise<Record<string, unknown>[]> {
  return app.get(Database).rows(LIST_ENTRIES);
}

function waitForAllEntries(): Promise<Record<string, unknown>[]> {
  return eventually(async () => {
    const [entries, eventCount] = [await listEntries(), (await app.get(Database).row<{ n: number }>(COUNT_EVENTS))!.n];
    return entries.length === eventCount ? entries : null;
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  const kernel = KernelModule.forRoot({
    settings: readSettings({ PARLEY_LOG_LEVEL: 'silent' }),
    databaseUrl: database.url,
    logger: createLogger('silent'),
    relay: { pollMs: 50 },
  });
  app = await Test.createTestingModule({ imports: [kernel, TeamsModule, MessagingModule, AnalyticsModule] }).compile();
  app.useLogger(false);
  await app.init();
  const created = await app
    .get(WorkspacesService)
    .create('Acme', { email: 'sarah@example.com', name: 'Sarah Chen', passwordHash: '' });
  workspaceId = created.workspaceId;
  user = { kind: 'user', id: created.userId };
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

describe('audit trail', () => {
  it('should be identical when it is rebuilt from the event log', async () => {
    const [conversation, team, key] = [newId(), newId(), newId()];
    const data = {
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
    await appendEvents(
      user,
      new ApiKeyCreated(key, { name: 'CI', kind: 'service', mode: 'live', scopes: ['*'] }),
      new TeamCreated(team, { name: 'Billing' }),
    );
    await appendEvents({ kind: 'api_key', id: key }, new ConversationCreated(conversation, data));
    await appendEvents(
      user,
      new ConversationAssigned(conversation, { changed: { assignee_id: [null, user.id] } }),
      new ConversationTeamAssigned(conversation, { changed: { team_id: [null, team] } }),
    );
    await appendEvents(user, new TeamUpdated(team, { name: 'Money', changed: { name: ['Billing', 'Money'] } }));
    await appendEvents(
      user,
      new ConversationTeamAssigned(conversation, { changed: { team_id: [null, team] } }),
      new ConversationResolved(conversation, { changed: { status: ['open', 'resolved'] } }),
    );
    await appendEvents(
      { kind: 'contact', id: newId() },
      new MessageCreated(newId(), {
        conversation_id: conversation,
        type: 'comment',
        author_type: 'contact',
        author_id: null,
      }),
    );
    const before = await waitForAllEntries();

    await app.get(Database).execute(DELETE_ENTRIES);
    await app.get(Database).execute(RESET_SUBSCRIPTION);
    await appendEvents(user, new TeamUpdated(team, { name: 'Billing', changed: { name: ['Money', 'Billing'] } }));
    expect((await waitForAllEntries()).slice(0, -1)).toEqual(before);

    const summaries = (await app.get(AuditService).list(workspaceId, {}, ALL)).items.map(({ summary }) => summary);
    expect(summaries).toEqual([
      'Sarah Chen joined the workspace',
      'Sarah Chen created API key CI',
      'Sarah Chen created team Billing',
      'API key CI created conversation #42',
      'Sarah Chen assigned conversation #42 to Sarah Chen',
      'Sarah Chen assigned conversation #42 to team Billing',
      'Sarah Chen updated team Money (name)',
      'Sarah Chen assigned conversation #42 to team Money',
      'Sarah Chen resolved conversation #42',
      'A contact created a message in conversation #42',
      'Sarah Chen updated team Billing (name)',
    ]);
  });

  it('should not change when an event is handled twice', async () => {
    const before = await waitForAllEntries();
    const log = app.get(EventLogService);
    const events = await log.listPage(
      workspaceId,
      0,
      await log.horizon(),
      { types: null, subjectId: null, correlationId: null },
      1_000,
    );
    for (const event of events) await app.get(AuditService).record([event]);
    expect(events).toHaveLength(before.length);
    expect(await listEntries()).toEqual(before);
  });

  it('should not contain entries of another workspace', async () => {
    const before = await waitForAllEntries();
    const otherWorkspaceId = newId();
    expect((await app.get(AuditService).list(otherWorkspaceId, {}, ALL)).items).toEqual([]);
    await expect(app.get(AuditService).get(otherWorkspaceId, before[0]!.id as string)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
