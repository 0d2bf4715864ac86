import { getData, type Client } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

/** A rule as returned by the API, with the fields that tests use. */
export interface Automation {
  readonly id: string;
  readonly version: number;
  readonly enabled: boolean;
  readonly actions: readonly object[];
  readonly warnings?: readonly string[];
}

/** Creates a rule that tags messages about invoices. Omitted fields get default values. */
export async function createAutomation(
  client: Client,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Automation> {
  const filter = { all: [{ field: 'message.body', operator: 'contains', value: 'invoice' }] };
  return getData(
    await client.post<ItemResponse<Automation>>('/v1/automations', {
      name: 'Invoices',
      events: ['message.created'],
      filter,
      actions: [{ type: 'add_tags', tags: ['billing'] }],
      ...fields,
    }),
  );
}
