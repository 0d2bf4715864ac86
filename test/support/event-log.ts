import type { Client } from './client.js';
import type { LoggedEvent } from './wire.js';

/** All events of a workspace, or those after one event, oldest first. */
export async function listEvents(client: Client, after: string | null = null): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  for (let from = after; ;) {
    const { body } = await client.get<{ data: LoggedEvent[]; meta: { next_after: string | null; has_more: boolean } }>(
      '/v1/events',
      { limit: 100, ...(from !== null && { after: from }) },
    );
    found.push(...body.data);
    if (!body.meta.has_more) return found;
    from = body.meta.next_after;
  }
}
