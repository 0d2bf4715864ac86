import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  EventLogService,
  KernelModule,
  makeLogger,
  readSettings,
  runInContext,
  systemContext,
  type DomainError,
} from '@parley/kernel';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { InboxesService } from '../inboxes/inboxes.service.js';
import { TeamsModule } from '../teams.module.js';
import { TeamsService } from '../teams/teams.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { GroupMembership } from './group-membership.service.js';

let database: TestDatabase;
let app: TestingModule;
let membership: GroupMembership;
let workspaceId: string;
let userId: string;
let strangerId: string;
let otherWorkspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const kernel = KernelModule.forRoot({
    settings: readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' }),
    databaseUrl: database.url,
    logger: makeLogger('silent'),
  });
  app = await Test.createTestingModule({ imports: [kernel, TeamsModule] }).compile();
  app.useLogger(false);
  await app.init();
  membership = app.get(GroupMembership);
  const workspaces = app.get(WorkspacesService);
  ({ workspaceId, userId } = await workspaces.create('Acme', {
    email: 'sarah@example.com',
    name: 'Sarah Chen',
    passwordHash: '',
  }));
  ({ workspaceId: otherWorkspaceId, userId: strangerId } = await workspaces.create('Umbrella', {
    email: 'ben@example.com',
    name: 'Ben Ode',
    passwordHash: '',
  }));
}, 60_000);

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

function as<T>(workspace: string, work: () => Promise<T>): Promise<T> {
  return runInContext(systemContext('test', null, workspace), work);
}

function codeOf(refused: Promise<unknown>): Promise<string> {
  return refused.then(
    () => 'none',
    ({ code, message }: DomainError) => `${code}: ${message}`,
  );
}

async function toldOf(groupId: string): Promise<{ type: string; data: object }[]> {
  const log = app.get(EventLogService);
  const events = await as(workspaceId, async () =>
    log.page(workspaceId, 0, await log.horizon(), { types: null, subjectId: groupId, correlationId: null }, 100),
  );
  return events.slice(1).map(({ type, data }) => ({ type, data }));
}

describe.each([
  ['team', 'Team', async () => (await app.get(TeamsService).create(workspaceId, randomUUID(), null, [])).id],
  ['inbox', 'Inbox', async () => (await app.get(InboxesService).create(workspaceId, { name: randomUUID() }, [])).id],
] as const)('in a group of the kind %s, members', (group, name, make) => {
  let id: string;

  beforeEach(async () => {
    id = await as(workspaceId, make);
  });

  it('should come and go, each of which is told once', async () => {
    await as(workspaceId, () => membership.add(group, workspaceId, id, userId));
    await as(workspaceId, () => membership.add(group, workspaceId, id, userId));
    expect(await as(workspaceId, () => membership.ids(group, workspaceId, id))).toEqual([userId]);
    await as(workspaceId, () => membership.remove(group, workspaceId, id, userId));
    expect(await as(workspaceId, () => membership.has(group, workspaceId, id, userId))).toBe(false);
    expect(await codeOf(as(workspaceId, () => membership.remove(group, workspaceId, id, userId)))).toBe(
      'NOT_FOUND: Member not found',
    );
    expect(await toldOf(id)).toEqual([
      { type: `${group}.member_added`, data: { user_id: userId } },
      { type: `${group}.member_removed`, data: { user_id: userId } },
    ]);
  });

  it('should be active users of the workspace', async () => {
    expect(await codeOf(as(workspaceId, () => membership.add(group, workspaceId, id, strangerId)))).toBe(
      'UNPROCESSABLE: There is no active user with this id',
    );
    expect(await as(workspaceId, () => membership.ids(group, workspaceId, id))).toEqual([]);
  });

  it('should not be those of another workspace', async () => {
    await as(workspaceId, () => membership.add(group, workspaceId, id, userId));
    for (const change of [membership.add, membership.remove]) {
      expect(
        await codeOf(as(otherWorkspaceId, () => change.call(membership, group, otherWorkspaceId, id, strangerId))),
      ).toBe(`NOT_FOUND: ${name} not found`);
    }
    expect(await as(otherWorkspaceId, () => membership.ids(group, otherWorkspaceId, id))).toEqual([]);
    expect(await as(workspaceId, () => membership.ids(group, workspaceId, id))).toEqual([userId]);
  });
});
