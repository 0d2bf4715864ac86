import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  KernelModule,
  createLogger,
  readSettings,
  runInContext,
  systemContext,
  type DomainError,
} from '@parley/kernel';
import { EventLogService } from '@parley/kernel/events';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { InboxesService } from '../inboxes/inboxes.service.js';
import { TeamsModule } from '../teams.module.js';
import { TeamsService } from './teams.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { GroupMembershipService } from './group-membership.service.js';

let database: TestDatabase;
let app: TestingModule;
let membership: GroupMembershipService;
let workspaceId: string;
let userId: string;
let strangerId: string;
let otherWorkspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const kernel = KernelModule.forRoot({
    settings: readSettings({ PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' }),
    databaseUrl: database.url,
    logger: createLogger('silent'),
  });
  app = await Test.createTestingModule({ imports: [kernel, TeamsModule] }).compile();
  app.useLogger(false);
  await app.init();
  membership = app.get(GroupMembershipService);
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

function runAs<T>(workspace: string, work: () => Promise<T>): Promise<T> {
  return runInContext(systemContext('test', null, workspace), work);
}

function errorOf(rejection: Promise<unknown>): Promise<string> {
  return rejection.then(
    () => 'none',
    ({ code, message }: DomainError) => `${code}: ${message}`,
  );
}

async function eventsOf(groupId: string): Promise<{ type: string; data: object }[]> {
  const log = app.get(EventLogService);
  const events = await runAs(workspaceId, async () =>
    log.listPage(workspaceId, 0, await log.horizon(), { types: null, subjectId: groupId, correlationId: null }, 100),
  );
  return events.slice(1).map(({ type, data }) => ({ type, data }));
}

describe.each([
  ['team', 'Team', async () => (await app.get(TeamsService).create(workspaceId, randomUUID(), null, [])).id],
  ['inbox', 'Inbox', async () => (await app.get(InboxesService).create(workspaceId, { name: randomUUID() }, [])).id],
] as const)('members of a group of kind %s', (group, name, create) => {
  let id: string;

  beforeEach(async () => {
    id = await runAs(workspaceId, create);
  });

  it('should be added and removed with one event each', async () => {
    await runAs(workspaceId, () => membership.add(group, workspaceId, id, userId));
    await runAs(workspaceId, () => membership.add(group, workspaceId, id, userId));
    expect(await runAs(workspaceId, () => membership.listMemberIds(group, workspaceId, id))).toEqual([userId]);
    await runAs(workspaceId, () => membership.remove(group, workspaceId, id, userId));
    expect(await runAs(workspaceId, () => membership.hasMember(group, workspaceId, id, userId))).toBe(false);
    expect(await errorOf(runAs(workspaceId, () => membership.remove(group, workspaceId, id, userId)))).toBe(
      'NOT_FOUND: Member not found',
    );
    expect(await eventsOf(id)).toEqual([
      { type: `${group}.member_added`, data: { user_id: userId } },
      { type: `${group}.member_removed`, data: { user_id: userId } },
    ]);
  });

  it('should be active users of the workspace', async () => {
    expect(await errorOf(runAs(workspaceId, () => membership.add(group, workspaceId, id, strangerId)))).toBe(
      `UNPROCESSABLE: user_id: ${strangerId} is not an active user of this workspace`,
    );
    expect(await runAs(workspaceId, () => membership.listMemberIds(group, workspaceId, id))).toEqual([]);
  });

  it('should be inaccessible from another workspace', async () => {
    await runAs(workspaceId, () => membership.add(group, workspaceId, id, userId));
    for (const change of [membership.add, membership.remove]) {
      expect(
        await errorOf(runAs(otherWorkspaceId, () => change.call(membership, group, otherWorkspaceId, id, strangerId))),
      ).toBe(`NOT_FOUND: ${name} not found`);
    }
    expect(await runAs(otherWorkspaceId, () => membership.listMemberIds(group, otherWorkspaceId, id))).toEqual([]);
    expect(await runAs(workspaceId, () => membership.listMemberIds(group, workspaceId, id))).toEqual([userId]);
  });
});
