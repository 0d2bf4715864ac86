import { eventually } from '@parley/kernel/testing';
import { createWebhook } from '../factories/webhook.js';
import { buildOwnCall } from '../support/own-calls.js';
import { registerWorkspace, type Workspace } from '../support/client.js';
import { getApiDocument, listOperations } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const document = await getApiDocument();
const updates = listOperations(document)
  .filter(({ method, path }) => method === 'PATCH' && path.endsWith('/{id}'))
  .map((operation) => [operation.path, operation] as const);

/** Fields that name an object in the audit log. */
const LABEL_FIELDS = ['name', 'title', 'key', 'shortcut', 'file_name', 'url'];
/** People have their current name in the audit log; numbers never change; parts are named after their whole. */
const NAMED_BY_OTHERS = /^(user|contact|conversation|ticket|message|note|scheduled_message)\./;

let workspace: Workspace;
let receiver: WebhookReceiver;

beforeAll(async () => {
  workspace = await registerWorkspace();
  receiver = await WebhookReceiver.listen();
  await createWebhook(workspace.client, receiver.url, { events: ['*'], ordering: 'none' });
});

afterAll(() => receiver?.close());

it.each(updates)('should name the object in the event when %s updates it', async (_path, operation) => {
  const { method, path, options } = await buildOwnCall(document, operation, workspace);
  const before = (await listEvents(workspace.client)).at(-1)?.id ?? null;
  await workspace.client.send(method, path, options);
  const events = (await listEvents(workspace.client, before)).filter(
    ({ type }) => type.endsWith('.updated') && !NAMED_BY_OTHERS.test(type),
  );
  for (const { type, data } of events)
    expect({
      type,
      label: LABEL_FIELDS.map((field) => (data as Record<string, unknown>)[field]).find(Boolean),
    }).toEqual({
      type,
      label: expect.any(String),
    });
});

it('should deliver the recorded data of all events when the objects have changed since', async () => {
  const team = await workspace.client.post('/v1/teams', { name: 'Last' });
  expect(team.status).toBe(201);
  await eventually(() => expect(receiver.ofType('team.created').at(-1)?.body).toContain('"Last"'), {
    timeoutMs: 20_000,
  });
  const events = new Map((await listEvents(workspace.client)).map((event) => [event.id, event]));
  const bodies = receiver.received.map(
    ({ body }) => JSON.parse(body) as { id: string; data: { changed?: object }; event_data: object },
  );
  expect(new Set(bodies.map(({ id }) => events.get(id)?.type)).size).toBeGreaterThan(20);
  for (const { id, data, event_data } of bodies) {
    const recorded = events.get(id)!.data as { changed?: object };
    expect([event_data, data.changed]).toEqual([recorded, recorded.changed]);
  }
});
