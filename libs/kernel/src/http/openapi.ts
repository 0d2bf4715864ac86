import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** What the domains' tags say in the document, in the order of the domains. */
export const DOMAIN_TAGS: readonly (readonly [name: string, description: string])[] = [
  ['Messaging', 'Conversations and what is said in them.'],
  ['Identity', 'The people who write in.'],
  ['Workflow', 'Rules that act on what happens.'],
  ['Teams', 'The people who answer, and who may do what.'],
  ['Knowledge', 'Articles and answers.'],
  ['Channels', 'How messages and events come in and go out.'],
  ['Analytics', 'Numbers about the work.'],
  ['Kernel', 'Search, events, health: what all domains share.'],
];

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** OpenAPI 3.0's `nullable` in the words of 3.1, everywhere in a document. */
function toTypes31(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toTypes31);
  if (!isObject(node)) return node;
  const { nullable, ...rest } = node;
  const turned = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toTypes31(value)])) as Json;
  if (nullable !== true) return turned;
  if (typeof turned.type === 'string') {
    const values = turned.enum as unknown[] | undefined;
    return { ...turned, type: [turned.type, 'null'], ...(values && !values.includes(null) && { enum: [...values, null] }) };
  }
  const { description, example, ...schema } = turned;
  const inner = Array.isArray(schema.allOf) && schema.allOf.length === 1 ? (schema.allOf[0] as Json) : schema;
  return { description, ...(example !== undefined && { example }), anyOf: [inner, { type: 'null' }] };
}

/** An example of a schema, put together from the examples of its fields. */
export function exampleOf(schema: unknown, schemas: Json, depth = 0): unknown {
  if (!isObject(schema) || depth > 8) return null;
  if ('example' in schema) return schema.example;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('default' in schema) return schema.default;
  if (typeof schema.$ref === 'string') return exampleOf(schemas[schema.$ref.split('/').pop()!], schemas, depth + 1);
  for (const key of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[key])) return exampleOf((schema[key] as unknown[])[0], schemas, depth + 1);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [exampleOf(schema.items, schemas, depth + 1)];
  if (type === 'object' || isObject(schema.properties)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, exampleOf(property, schemas, depth + 1)]));
  }
  return { string: 'text', integer: 1, number: 1, boolean: true }[type as string] ?? null;
}

function operations(document: Json): Json[] {
  return Object.values(document.paths as Record<string, Json>).flatMap((path) => Object.values(path).filter((value): value is Json => isObject(value) && 'responses' in value));
}

function addExamples(document: Json): void {
  const schemas = ((document.components as Json | undefined)?.schemas ?? {}) as Json;
  for (const operation of operations(document)) {
    const bodies = [operation.requestBody, ...Object.entries(operation.responses as Json).map(([status, response]) => ({ ...(response as Json), status, response }))];
    for (const body of bodies) {
      if (!isObject(body) || !isObject(body.content)) continue;
      for (const media of Object.values(body.content)) {
        if (!isObject(media) || 'example' in media || 'examples' in media || !('schema' in media)) continue;
        media.example = errorExample(body.status, exampleOf(media.schema, schemas));
      }
    }
  }
}

const ERROR_EXAMPLES: Readonly<Record<string, readonly [code: string, message: string, details: object]>> = {
  400: ['BAD_REQUEST', 'The request is not valid', { name: ['name must be a string'] }],
  401: ['UNAUTHORIZED', 'The API key is not valid, has expired or was revoked', {}],
  403: ['FORBIDDEN', 'This needs the scope conversations:write', { required_scope: 'conversations:write' }],
  404: ['NOT_FOUND', 'Conversation not found', {}],
  409: ['CONFLICT', 'Such an object exists already', {}],
  412: ['PRECONDITION_FAILED', 'The object has changed: it is at version 4, not 3', { current: {} }],
  413: ['PAYLOAD_TOO_LARGE', 'The body is too large', {}],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type', {}],
  422: ['UNPROCESSABLE', 'A closed conversation cannot be resolved', { from: 'closed', allowed: ['open'] }],
  429: ['TOO_MANY_REQUESTS', 'Only 60 of these requests a minute; try again in 12 s', { limit: 60 }],
  503: ['UNAVAILABLE', 'The database is not available', {}],
};

function errorExample(status: unknown, example: unknown): unknown {
  const known = typeof status === 'string' ? ERROR_EXAMPLES[status] : undefined;
  if (!known) return example;
  return { error: { code: known[0], message: known[1], details: known[2], request_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c' } };
}

/** `ConversationsController.resolve` is the operation `conversations.resolve`. */
function operationId(controller: string, method: string): string {
  const resource = controller.replace(/Controller$/, '');
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}.${method}`;
}

/** The OpenAPI 3.1 document of everything under `/v1`, with an example for every body. */
export function nativeDocument(app: INestApplication, version: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Parley')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addServer('/', 'This server')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (`sk_live_…`) or an access token from `POST /v1/auth/login`.' });
  for (const [name, description] of DOMAIN_TAGS) builder.addTag(name, description);
  const raw = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationId });
  const document = toTypes31(raw) as Json;
  addExamples(document);
  return document as unknown as OpenAPIObject;
}

const DESCRIPTION = `Conversations, contacts, rules and events of a helpdesk that you run yourself.

**Start here**: press *Authorize* and paste the API key that the first start printed. Then try \`POST /v1/conversations\`.

**Conventions.** JSON in \`snake_case\`; ids are UUIDs; times are ISO 8601 in UTC. One object comes as \`{data}\`, a list as \`{data, total, meta}\`.
Page with \`limit\` and \`offset\`, with \`page\` and \`per_page\`, or with \`limit\` and \`cursor\`. Errors are \`{error: {code, message, details, request_id}}\`;
for BAD_REQUEST \`details\` maps each wrong field to its messages. Send \`Idempotency-Key\` with any change to make repeating it safe, and \`If-Match\`
to be refused (412) when somebody else was faster.`;
