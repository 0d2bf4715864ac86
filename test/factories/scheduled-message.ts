import { getData, type Client } from '../support/client.js';
import type { ItemResponse, ScheduledMessage } from '../support/wire.js';

/** Schedules a message in the distant future. Omitted fields get default values. */
export async function createScheduledMessage(
  client: Client,
  conversationId: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ScheduledMessage> {
  return getData(
    await client.post<ItemResponse<ScheduledMessage>>('/v1/scheduled-messages', {
      conversation_id: conversationId,
      body: 'Did that help?',
      send_at: '2046-01-15T10:30:00Z',
      ...fields,
    }),
  );
}
