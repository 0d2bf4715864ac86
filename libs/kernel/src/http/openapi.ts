import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { filterJsonSchema } from '../filter/describe-filter.js';
import { addExamples, describeParameterExamples, type Json } from './openapi-examples.js';
import { shareErrorResponses } from './openapi-errors.js';
import {
  describeFileUploads,
  sortDocument,
  renameAliasOperations,
  listOperations,
  shareHeaders,
  toOpenApi31Types,
} from './openapi-shape.js';

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

/** `ConversationsController.resolve` is the operation `conversations.resolve`. */
function operationId(controller: string, method: string): string {
  const resource = controller.replace(/Controller$/, '');
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}.${method}`;
}

/** The OpenAPI 3.1 document of everything under `/v1`, with an example for every body. */
export function buildOpenApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Parley')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addServer('/', 'This server')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An API key (`sk_live_…`) or an access token from `POST /v1/auth/login`.',
    });
  for (const [name, description] of DOMAIN_TAGS) builder.addTag(name, description);
  const raw = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationId });
  const document = toOpenApi31Types(raw) as Json;
  ((document.components as Json).schemas as Json).Filter ??= filterJsonSchema();
  renameAliasOperations(document);
  describeFileUploads(document);
  shareErrorResponses(document);
  shareHeaders(document);
  describeParameterExamples(listOperations(document));
  addExamples(document, listOperations(document));
  return sortDocument(document) as unknown as OpenAPIObject;
}

const DESCRIPTION = `Conversations, contacts, rules and events of a helpdesk that you run yourself.

**Start here**: press *Authorize* and paste the API key that the first start printed. Then try \`POST /v1/conversations\`.

**Conventions.** JSON in \`snake_case\`; ids are UUIDs; times are ISO 8601 in UTC. One object comes as \`{data}\`, a list as \`{data, total, meta}\`.
Page with \`limit\` and \`offset\`, with \`page\` and \`per_page\`, or with \`limit\` and \`cursor\`. Errors are \`{error: {code, message, details, request_id}}\`;
for BAD_REQUEST \`details\` maps each wrong field to its messages. Send \`Idempotency-Key\` with any change to make repeating it safe, and \`If-Match\`
to be refused (412) when somebody else was faster.`;
