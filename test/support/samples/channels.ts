import { eventually } from '@parley/kernel/testing';
import { makeConversation } from '../../factories/conversation.js';
import { dataOf, type Workspace } from '../client.js';
import { receiverUrl } from '../receiver.js';
import type { One } from '../wire.js';
import { got, type Sample, type Samples } from './sample.js';

const webhook = got('/v1/webhooks', async (owner) => (await makeWebhook(owner)).id);
const webhookOf = new Map<string, string>();

const delivery: Sample = {
  make: async (owner) => {
    const { id } = await makeWebhook(owner);
    await makeConversation(owner.client);
    const done = await eventually(
      async () =>
        (await owner.client.get<{ data: { id: string }[] }>(`/v1/webhooks/${id}/deliveries`, { status: 'succeeded' }))
          .body.data[0] ?? null,
    );
    webhookOf.set(done.id, id);
    return done.id;
  },
  read: async ({ client }, id) =>
    dataOf(await client.get<One<unknown>>(`/v1/webhooks/${webhookOf.get(id)}/deliveries/${id}`)),
  parentOf: (id) => webhookOf.get(id)!,
};

async function makeWebhook({ client }: Workspace): Promise<{ id: string }> {
  return dataOf(
    await client.post<One<{ id: string }>>('/v1/webhooks', {
      url: await receiverUrl(),
      events: ['conversation.created'],
    }),
  );
}

/** Samples of the channels domain. */
export const CHANNELS: Samples = {
  paths: { '/v1/webhooks/{id}': webhook, '/v1/webhooks/{id}/deliveries/{delivery_id}': delivery },
  fields: {},
};
