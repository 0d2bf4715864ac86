import { findViolation } from '../../scripts/lint/boundaries.mjs';
import { schemaCrossings } from './schema-crossings.js';

const WORKFLOW = 'libs/workflow/src/sla/sla-policies';

describe('findViolation', () => {
  it.each([
    [`${WORKFLOW}.service.ts`, '@parley/kernel'],
    [`${WORKFLOW}.service.ts`, '@parley/messaging'],
    [`${WORKFLOW}.service.ts`, '@parley/kernel/events'],
    [`${WORKFLOW}.service.ts`, './sla-policies.repository.js'],
    [`${WORKFLOW}.repository.ts`, 'typeorm'],
    [`${WORKFLOW}.db-spec.ts`, '@parley/kernel/testing'],
    [`${WORKFLOW}.spec.ts`, '@nestjs/testing'],
    ['libs/workflow/src/sla/sla-clock.ts', 'luxon'],
    ['libs/workflow/src/index.ts', './workflow.module.js'],
    ['libs/kernel/src/database/data-source.ts', 'typeorm'],
    ['libs/kernel/src/jobs/bull-queues.ts', 'bull'],
    ['apps/api/api.module.ts', '@parley/gateways'],
    ['apps/worker/main.ts', '../lifetime.js'],
    ['migrations/1763600000000-kernel-foundations.ts', 'typeorm'],
    ['scripts/start.mjs', '../dist/apps/api/main.js'],
  ])('should allow %s to import %s', (file, specifier) => {
    expect(findViolation(file, specifier)).toBeNull();
  });

  it.each([
    ['libs/teams/src/users/users.service.ts', '@parley/messaging', /upwards/],
    ['libs/kernel/src/events/events.ts', '@parley/teams', /upwards/],
    [`${WORKFLOW}.service.ts`, '@parley/knowledge', /same layer/],
    [`${WORKFLOW}.service.ts`, '@parley/workflow', /cycle/],
    [`${WORKFLOW}.service.ts`, '@parley/teams/users', /not an entry point/],
    [`${WORKFLOW}.service.ts`, '@parley/teams/src/users/users.service.js', /not an entry point/],
    [`${WORKFLOW}.service.ts`, '@parley/kernel/testing', /tests only/],
    [`${WORKFLOW}.service.ts`, '@parley/kernel/health', /not an entry point/],
    [`${WORKFLOW}.service.ts`, '@parley/kernel/events/lease', /not an entry point/],
    [`${WORKFLOW}.service.ts`, '@parley/billing', /no layer/],
    ['libs/billing/src/bills.service.ts', '@parley/kernel', /no layer/],
    [`${WORKFLOW}.service.ts`, '../../../teams/src/index.js', /relative import/],
    ['apps/api/main.ts', '../worker/worker.module.js', /relative import/],
    ['apps/lifetime.ts', './api/api.module.js', /relative import/],
    [`${WORKFLOW}.controller.ts`, './sla-policies.repository.js', /call a service/],
    [`${WORKFLOW}.repository.ts`, './sla-policies.service.js', /direction is/],
    ['libs/workflow/src/index.ts', './sla/sla-policy.entity.js', /never exports/],
    ['libs/workflow/src/index.ts', './sla/dto/create-sla-policy.js', /never exports/],
    [`${WORKFLOW}.service.ts`, 'typeorm', /use case/],
    [`${WORKFLOW}.service.ts`, '@nestjs/typeorm', /repository/],
    [`${WORKFLOW}.job.ts`, '@nestjs/bull', /kernel\/jobs/],
    ['libs/workflow/src/sla/sla-clock.ts', '@nestjs/common', /plain file/],
    ['libs/workflow/src/sla/sla-clock.ts', 'typeorm', /typeorm/],
  ])('should not allow %s to import %s', (file, specifier, reason) => {
    expect(findViolation(file, specifier)).toMatch(reason);
  });
});

describe('schemaCrossings', () => {
  const crossings = (sql: string): string[] =>
    schemaCrossings(sql, 'workflow', ['workflow', 'teams']).map(({ text }) => text);

  it.each([
    'create table workflow.tickets (user_id uuid references teams.users (id))',
    'select 1 from workflow.tickets t join teams.users u on u.id = t.user_id',
    'select 1 from "teams"."users"',
    'update teams.users set name = null',
    'insert into teams.user_cards values (1)',
  ])('should find %s', (sql) => {
    expect(crossings(sql)).toHaveLength(1);
  });

  it.each([
    'select 1 from workflow.tickets t join workflow.macros m using (id)',
    'select 1 from workflow.tickets t left join teams.user_cards u on u.id = t.user_id',
  ])('should not find %s', (sql) => {
    expect(crossings(sql)).toEqual([]);
  });
});
