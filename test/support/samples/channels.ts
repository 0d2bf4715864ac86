import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../../factories/conversation.js';
import { getData, type Workspace } from '../client.js';
import { getReceiverUrl } from '../receiver.js';
import type { ItemResponse } from '../wire.js';
import { gettableSample, type Sample, type Samples } from './sample.js';

const webhook = gettableSample('/v1/webhooks', async (owner) => (await createSampleWebhook(owner)).id);
const webhookOf = new Map<string, string>();

const delivery: Sample = {
  create: async (owner) => {
    const { id } = await createSampleWebhook(owner);
    await createConversation(owner.client);
    const delivered = await eventually(
      async () =>
        (await owner.client.get<{ data: { id: string }[] }>(`/v1/webhooks/${id}/deliveries`, { status: 'succeeded' }))
          .body.data[0] ?? null,
    );
    webhookOf.set(delivered.id, id);
    return delivered.id;
  },
  read: async ({ client }, id) =>
    getData(await client.get<ItemResponse<unknown>>(`/v1/webhooks/${webhookOf.get(id)}/deliveries/${id}`)),
  parentOf: (id) => webhookOf.get(id)!,
};

async function createSampleWebhook({ client }: Workspace): Promise<{ id: string }> {
  return getData(
    await client.post<ItemResponse<{ id: string }>>('/v1/webhooks', {
      url: await getReceiverUrl(),
      events: ['conversation.created'],
    }),
  );
}

/** Samples of the channels domain. */
export const CHANNELS: Samples = {
  paths: { '/v1/webhooks/{id}': webhook, '/v1/webhooks/{id}/deliveries/{delivery_id}': delivery },
  fields: {},
};
