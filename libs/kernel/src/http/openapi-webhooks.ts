import { eventDefinitions } from '../events/define-event.js';
import type { Json } from './openapi-examples.js';

const HEADERS: Json = {
  'webhook-id': { type: 'string', description: 'ID of the message, the same in every attempt.' },
  'webhook-timestamp': { type: 'string', description: 'Time of the attempt in seconds since 1970.' },
  'webhook-signature': {
    type: 'string',
    description: 'Standard Webhooks signatures, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256.',
  },
};

const PAYLOAD: Json = {
  type: 'object',
  description: `Body of a webhook request. Headers: ${Object.keys(HEADERS).join(', ')}.`,
  required: ['id', 'type', 'created_at', 'workspace_id', 'data', 'event_data'],
  properties: {
    id: { type: 'string', format: 'uuid', description: 'ID of the event.' },
    type: { type: 'string', description: 'Event type.' },
    created_at: { type: 'string', format: 'date-time', description: 'Time of the event.' },
    workspace_id: { type: 'string', format: 'uuid', description: 'ID of the workspace.' },
    data: {
      type: 'object',
      additionalProperties: true,
      description:
        'The object as the API returns it when the delivery is first sent, which can include later changes, and fields ' +
        'that only the event has. `changed` is always that of the event.',
    },
    event_data: {
      type: 'object',
      additionalProperties: true,
      description: '`data` of the event as in `GET /v1/events`: as recorded when it occurred, without later changes.',
    },
  },
};

/** Adds the `webhooks` section to an OpenAPI document: one request per event type. */
export function addWebhooks(document: Json): void {
  const components = document.components as Json;
  (components.schemas as Json).WebhookPayload = PAYLOAD;
  components.parameters = {
    ...(components.parameters as Json | undefined),
    ...Object.fromEntries(
      Object.entries(HEADERS as Record<string, Json>).map(([name, { description, ...schema }]) => [
        pascalCase(name),
        { name, in: 'header', required: true, description, schema },
      ]),
    ),
  };
  components.responses = {
    ...(components.responses as Json | undefined),
    WebhookReceived: { description: 'The delivery succeeded. A response with any other status is retried.' },
  };
  const parameters = Object.keys(HEADERS).map((name) => ({ $ref: `#/components/parameters/${pascalCase(name)}` }));
  document.webhooks = Object.fromEntries(
    eventDefinitions().map(({ type, description, example }) => {
      const schema = { $ref: '#/components/schemas/WebhookPayload' };
      const media = { schema, ...(example && { example: exampleBody(type, example) }) };
      const request = {
        summary: type,
        description,
        // Requests to receivers have a signature instead of a credential.
        security: [],
        requestBody: { content: { 'application/json': media } },
        responses: { '2XX': { $ref: '#/components/responses/WebhookReceived' } },
      };
      return [type, { parameters, post: request }];
    }),
  );
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
}

function exampleBody(type: string, data: object): Json {
  return {
    id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
    type,
    created_at: '2026-01-15T10:30:00.000Z',
    workspace_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d',
    data,
    event_data: data,
  };
}
