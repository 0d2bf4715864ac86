import { randomUUID } from 'node:crypto';
import { exampleQuery, findIdFields, getJsonSchema, pathIds, buildPath } from '../support/calls.js';
import { registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import { getApiDocument, listOperations, type Operation } from '../support/document.js';
import { OwnObjects } from '../support/own-objects.js';
import { FIELD_SAMPLES, fieldSample, hasPathSample, pathSample, type Sample } from '../support/samples/all-samples.js';
import type { LoggedEvent } from '../support/wire.js';

/** List conditions that accept IDs as well as keywords. */
const LISTS_OF_IDS = new Set(['assignee', 'team', 'inbox', 'member', 'contact']);

const document = await getApiDocument();
const operations = listOperations(document);

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function bodySites(operation: Operation): ReturnType<typeof findIdFields> {
  const schema = getJsonSchema(document, operation);
  return schema ? findIdFields(document, schema) : [];
}

function queryIds(operation: Operation): string[] {
  return operation.parameters
    .filter(
      ({ name, in: where, schema }) =>
        where === 'query' && (schema.format === 'uuid' || (LISTS_OF_IDS.has(name) && name in FIELD_SAMPLES)),
    )
    .map(({ name }) => name);
}

const byPath = operations.flatMap((operation) =>
  pathIds(operation).map((name) => [`${nameOf(operation)} by ${name}`, operation, name] as const),
);
const byBody = operations.flatMap((operation) =>
  bodySites(operation).map(
    (site, index) => [`${nameOf(operation)} by ${site.field} (${index})`, operation, site] as const,
  ),
);
const byQuery = operations.flatMap((operation) =>
  queryIds(operation).map((name) => [`${nameOf(operation)} by ${name}`, operation, name] as const),
);

let victim: Workspace;
let attacker: Workspace;
let foreignObjects: OwnObjects;
let ownObjects: OwnObjects;

function normalize(seen: unknown): unknown {
  return JSON.parse(JSON.stringify(seen), (key, value: unknown) => (key === 'url' ? undefined : value));
}

async function causedBy(workspace: Workspace, requestId: string): Promise<LoggedEvent[]> {
  return (await workspace.client.get<{ data: LoggedEvent[] }>('/v1/events', { correlation_id: requestId })).body.data;
}

/**
 * Calls the operation as the attacker. Asserts that the victim's object is unchanged and that the attacker's log does
 * not contain its ID.
 */
async function attack(
  operation: Operation,
  sample: Sample,
  victimId: string,
  ids: Record<string, string>,
  body: unknown,
): Promise<ApiResponse<unknown>> {
  const before = normalize(await sample.read(victim, victimId));
  const requestId = `attack-${randomUUID()}`;
  const sent = { query: exampleQuery(operation), body, headers: { 'x-request-id': requestId } };
  const response = await attacker.client.send(operation.method, buildPath(operation, ids), sent);
  expect(normalize(await sample.read(victim, victimId))).toEqual(before);
  expect(await causedBy(victim, requestId)).toEqual([]);
  expect(JSON.stringify(await causedBy(attacker, requestId))).not.toContain(victimId);
  return response;
}

/** The rate limit allows only a few imports and exports per workspace, so each of them uses a new one. */
async function attackerFor({ method, path }: Operation): Promise<void> {
  if (method !== 'POST' || !/(im|ex)port/.test(path)) return;
  attacker = await registerWorkspace('Attacker');
  ownObjects = new OwnObjects(document, attacker);
}

beforeAll(async () => {
  [victim, attacker] = await Promise.all([registerWorkspace('Victim'), registerWorkspace('Attacker')]);
  foreignObjects = new OwnObjects(document, victim);
  ownObjects = new OwnObjects(document, attacker);
});

it('should have a sample for every ID that an operation accepts', () => {
  const paths = byPath.filter(([, operation, name]) => !hasPathSample(operation.path, name)).map(([name]) => name);
  const fields = [
    ...byBody.map(([name, , { field }]) => [name, field] as const),
    ...byQuery.map(([name, , field]) => [name, field] as const),
  ];
  expect([...paths, ...fields.filter(([, field]) => !(field in FIELD_SAMPLES)).map(([name]) => name)]).toEqual([]);
});

describe('ID in the path', () => {
  it.each(byPath)('should not access an object of another workspace: %s', async (_name, operation, parameter) => {
    await attackerFor(operation);
    const sample = pathSample(operation.path, parameter);
    const victimId = await foreignObjects.getId(sample);
    const ids = { ...(await ownObjects.pathIds(operation)), [parameter]: victimId };
    const { status } = await attack(operation, sample, victimId, ids, await ownObjects.body(operation));
    if (operation.public) expect([400, 403, 404]).toContain(status);
    else expect(status).toBe(404);
  });

  it.each(
    operations
      .filter((operation) => pathIds(operation).length > 1)
      .map((operation) => [nameOf(operation), operation] as const),
  )('should not access an object of another workspace by its full path there: %s', async (_name, operation) => {
    await attackerFor(operation);
    const ids = await foreignObjects.pathIds(operation);
    const [last] = pathIds(operation).slice(-1);
    expect(
      (await attack(operation, pathSample(operation.path, last!), ids[last!]!, ids, await ownObjects.body(operation)))
        .status,
    ).toBe(404);
  });

  it.each(byPath)(
    'should return the same error for an object of another workspace as for a missing one: %s',
    async (_name, operation, parameter) => {
      await attackerFor(operation);
      const ids = await ownObjects.pathIds(operation);
      const body = await ownObjects.body(operation);
      const error = async (id: string): Promise<unknown> => {
        const sent = { query: exampleQuery(operation), body };
        const response = await attacker.client.send(
          operation.method,
          buildPath(operation, { ...ids, [parameter]: id }),
          sent,
        );
        return JSON.parse(JSON.stringify({ status: response.status, body: response.body }), (key, value: unknown) =>
          key === 'request_id' ? undefined : value,
        );
      };
      expect(await error(await foreignObjects.getId(pathSample(operation.path, parameter)))).toEqual(
        await error(randomUUID()),
      );
    },
  );
});

describe('ID in the body', () => {
  it.each(byBody)('should not access an object of another workspace: %s', async (_name, operation, site) => {
    await attackerFor(operation);
    const sample = fieldSample(site.field);
    const victimId = await foreignObjects.getId(sample);
    const replaced = site.buildValue(victimId) as Record<string, unknown>;
    const schema = getJsonSchema(document, operation)!;
    const name = Object.keys(schema.properties ?? {}).find((property) =>
      JSON.stringify(replaced[property])?.includes(victimId),
    )!;
    const body = { ...(await ownObjects.body(operation)), [name]: replaced[name] };
    const { status } = await attack(operation, sample, victimId, await ownObjects.pathIds(operation), body);
    expect(operation.public ? [400, 401, 403, 404, 422] : [400, 404, 422]).toContain(status);
  });
});

describe('ID in the query', () => {
  it.each(byQuery)('should not return data of another workspace: %s', async (_name, operation, parameter) => {
    await attackerFor(operation);
    const victimId = await foreignObjects.getId(fieldSample(parameter));
    const query = { ...exampleQuery(operation), [parameter]: victimId };
    const response = await attacker.client.send<{ data: unknown[] | Record<string, unknown[]> }>(
      operation.method,
      buildPath(operation, await ownObjects.pathIds(operation)),
      { query },
    );
    if (response.status >= 400) expect([400, 404, 422]).toContain(response.status);
    // A search returns one list per type.
    else if (response.body !== null) expect(Object.values(response.body.data).flat()).toEqual([]);
  });
});

describe('list', () => {
  const lists = operations.filter(
    ({ method, responses, path }) =>
      method === 'GET' && JSON.stringify(responses['200']?.content ?? {}).includes('"array"') && !path.includes('{'),
  );

  it.each(lists.map((operation) => [nameOf(operation), operation] as const))(
    'should not return data of another workspace: %s',
    async (_name, operation) => {
      await attackerFor(operation);
      const ids = await foreignObjects.listIds();
      const { body } = await attacker.client.send(operation.method, operation.path, { query: exampleQuery(operation) });
      const text = JSON.stringify(body);
      expect(ids.filter((id) => text.includes(id))).toEqual([]);
    },
  );
});
