import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../../factories/conversation.js';
import type { Workspace } from '../client.js';
import { runSql } from '../database.js';
import type { LoggedEvent } from '../wire.js';
import { gettableSample, listedSample, type Sample, type Samples } from './sample.js';

const deadLetter = listedSample('/v1/dead-letters', parkTimer);

const auditEntry = gettableSample('/v1/audit', async ({ client }) => {
  const { id } = await createConversation(client);
  return eventually(
    async () =>
      (await client.get<{ data: { id: string }[] }>('/v1/audit', { subject_id: id })).body.data[0]?.id ?? null,
  );
});

const event: Sample = {
  create: async ({ client }) => {
    const { id } = await createConversation(client);
    return (await eventsAbout(client, id))[0]!.id;
  },
  read: async ({ client }, id) =>
    (await client.get<{ data: LoggedEvent[] }>('/v1/events', { limit: 100 })).body.data.find((item) => item.id === id),
};

async function eventsAbout(client: Workspace['client'], subjectId: string): Promise<LoggedEvent[]> {
  return (await client.get<{ data: LoggedEvent[] }>('/v1/events', { subject_id: subjectId })).body.data;
}

/** Inserts a dead letter, because no API operation creates one. */
async function parkTimer({ id: workspaceId }: Workspace): Promise<string> {
  const id = randomUUID();
  const statement = `
    insert into kernel.dead_letters (id, workspace_id, kind, consumer, payload, error, attempts, parked_at)
    values ($1, $2, 'timer', 'test.none', $3, 'Error: no handler', 5, now())`;
  await runSql(statement, [id, workspaceId, JSON.stringify({ key: randomUUID(), payload: {} })]);
  return id;
}

/** Samples of the kernel and of the audit log. */
export const KERNEL: Samples = {
  paths: { '/v1/audit/{id}': auditEntry, '/v1/dead-letters/{id}': deadLetter },
  fields: { after: event, before: event, event_id: event },
};
