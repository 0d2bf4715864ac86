import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { actionDefinitions, actionSchemas } from '../automation/automation-action.js';
import { filterJsonSchema } from '../filter/describe-filter.js';
import type { Contract } from './contract.js';
import { nativeContract } from './native-contract.js';
import { addWebhooks } from './openapi-webhooks.js';
import { addExamples, describeParameterExamples, removeExampleHints, type Json } from './openapi-examples.js';
import { shareErrorResponses } from './openapi-errors.js';
import { closeRequestSchemas, documentPublicOperations, nameSchemas } from './openapi-schemas.js';
import {
  describeFileUploads,
  describeListedValues,
  sortDocument,
  mergeAliasOperations,
  listOperations,
  addIdempotencyKey,
  shareParameters,
  toOpenApi31Types,
} from './openapi-shape.js';

/** What the composition of an API adds to its document. */
export interface OpenApiOptions {
  readonly version: string;
  /** Groups of tags in the order of the document: `[domain, [name, description][]]`. */
  readonly tagGroups: readonly (readonly [
    domain: string,
    tags: readonly (readonly [name: string, description: string])[],
  ])[];
  /** The contract whose operations are documented. Default: the native one. */
  readonly contract?: Contract;
}

/** Builds `conversations.resolve` from `ConversationsController.resolve`. */
function operationId(controller: string, method: string): string {
  const resource = controller.replace(/Controller$/, '');
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}.${method}`;
}

/** Builds the OpenAPI 3.1 document of a contract, with an example for every request body. */
export function buildOpenApiDocument(
  app: INestApplication,
  { version, tagGroups, contract = nativeContract }: OpenApiOptions,
): OpenAPIObject {
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
  for (const [, tags] of tagGroups) for (const [name, description] of tags) builder.addTag(name, description);
  const raw = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationId });
  const document = toOpenApi31Types(raw) as Json;
  document.paths = Object.fromEntries(
    Object.entries(document.paths as Json).filter(([path]) => contract.documents(path)),
  );
  assertTagsAreListed(listOperations(document), tagGroups);
  const schemas = (document.components as Json).schemas as Json;
  schemas.Filter ??= filterJsonSchema();
  if (actionDefinitions().length > 0) Object.assign(schemas, actionSchemas());
  mergeAliasOperations(document);
  describeFileUploads(document);
  closeRequestSchemas(document);
  shareErrorResponses(document);
  addIdempotencyKey(document);
  documentPublicOperations(document);
  describeListedValues(listOperations(document));
  describeParameterExamples(listOperations(document));
  shareParameters(document);
  addExamples(document, listOperations(document));
  removeExampleHints(document.components);
  removeExampleHints(document.paths);
  addWebhooks(document);
  document['x-tagGroups'] = tagGroups.map(([name, tags]) => ({ name, tags: tags.map(([tag]) => tag) }));
  return sortDocument(nameSchemas(document)) as unknown as OpenAPIObject;
}

/** @throws Error if an operation has a tag that is in no group. */
function assertTagsAreListed(operations: readonly Json[], tagGroups: OpenApiOptions['tagGroups']): void {
  const listed = new Set(tagGroups.flatMap(([, tags]) => tags.map(([name]) => name)));
  const unknown = operations.flatMap(({ tags }) => tags as string[]).find((tag) => !listed.has(tag));
  if (unknown) throw new Error(`The API tag "${unknown}" is in no group. Add it to apps/api/api-tags.ts`);
}

const DESCRIPTION = `API of Parley, a customer-messaging and helpdesk backend that you host yourself.

**Getting started.** Press *Authorize* and paste the API key that the first start printed. Then try \`POST /v1/conversations\`.

**Conventions.** JSON with \`snake_case\` fields; IDs are UUIDs; times are RFC 3339: requests need \`Z\` or an offset, responses are in UTC. A single object is returned as \`{data}\`, a list as \`{data, total, meta}\`.

**Paging.** Use \`limit\` with \`cursor\`, \`limit\` with \`offset\`, or \`page\` with \`per_page\`.

**Errors.** \`{error: {code, message, details, request_id}}\`. For \`BAD_REQUEST\`, \`details\` maps each invalid field to its messages.

**Safe retries and concurrency.** Send \`Idempotency-Key\` with any change to make a retry safe: for 24 hours, the same request returns the stored response, or 403 if the access of the caller has been reduced since. Send \`If-Match\` with the \`ETag\` or \`version\` of an object to get 412 instead of overwriting the change of someone else.

**Headers.** Every response has \`X-Request-Id\` (yours, if you sent one), \`X-RateLimit-Limit\` and \`X-RateLimit-Remaining\` (requests per minute), and \`X-RateLimit-Reset\` (seconds since 1970).`;
