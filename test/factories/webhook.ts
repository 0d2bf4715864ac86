import { getData, type Client } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

/** A created webhook with its secret. */
export interface CreatedWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: string[];
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
  readonly secret: string;
  readonly version: number;
}

/** A delivery in the delivery log. */
export interface LoggedDelivery {
  readonly id: string;
  readonly message_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly status: string;
  readonly request_body: string | null;
  readonly attempts: {
    readonly number: number;
    readonly request_headers: Record<string, string>;
    readonly response_status: number | null;
    readonly response_body: string | null;
    readonly error: string | null;
  }[];
}

/** Creates a webhook for all events. Omitted fields get default values. */
export async function createWebhook(
  client: Client,
  url: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<CreatedWebhook> {
  return getData(await client.post<ItemResponse<CreatedWebhook>>('/v1/webhooks', { url, events: ['*'], ...fields }));
}

/** Deliveries of a webhook, newest first. */
export async function listDeliveries(
  client: Client,
  id: string,
  query: Readonly<Record<string, string>> = {},
): Promise<LoggedDelivery[]> {
  return (await client.get<{ data: LoggedDelivery[] }>(`/v1/webhooks/${id}/deliveries`, query)).body.data;
}
