import { exampleQuery, pathOf } from '../support/calls.js';
import { register, type Workspace } from '../support/client.js';
import { apiDocument, operationsOf } from '../support/document.js';
import { OwnObjects } from '../support/own-objects.js';

/** Their examples cannot be taken by just anybody; tests of their own call them. */
const SPECIAL = new Set(['auth.register', 'events.stream', 'files.upload', 'files.content', 'deadLetters.redrive']);

const document = await apiDocument();
const operations = operationsOf(document).filter(({ id }) => !SPECIAL.has(id));

let workspace: Workspace;

beforeEach(async () => {
  workspace = await register();
});

it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))('should answer the documented example of %s as documented', async (_name, operation) => {
  const own = new OwnObjects(document, workspace);
  const ids = await own.pathIds(operation);
  if (operation.id === 'teams.removeMember') await workspace.client.post(`/v1/teams/${ids.id}/members`, { user_id: ids.user_id });
  if (operation.id === 'webhookDeliveries.get' || operation.id === 'webhookDeliveries.redeliver') ids.id = await webhookOf(ids.delivery_id!);
  const answer = await workspace.client.send(operation.method, pathOf(operation, ids), { query: exampleQuery(operation), body: await own.body(operation) });
  expect(answer).toMatchObject({ status: Number(Object.keys(operation.responses).find((status) => status.startsWith('2'))) });
});

async function webhookOf(deliveryId: string): Promise<string> {
  const { body } = await workspace.client.get<{ data: { id: string }[] }>('/v1/webhooks', { limit: 100 });
  for (const { id } of body.data) {
    const { status } = await workspace.client.get(`/v1/webhooks/${id}/deliveries/${deliveryId}`);
    if (status === 200) return id;
  }
  throw new Error(`no webhook has the delivery ${deliveryId}`);
}
