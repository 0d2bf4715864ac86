import { buildPath, exampleQuery, pathIds } from '../support/calls.js';
import { Client, getData, registerWorkspace, type Workspace } from '../support/client.js';
import { getApiDocument, listOperations, type Operation } from '../support/document.js';
import { OwnObjects } from '../support/own-objects.js';
import { pathSample } from '../support/samples/all-samples.js';
import type { ItemResponse } from '../support/wire.js';

const document = await getApiDocument();
const operations = listOperations(document).filter(({ public: isPublic }) => !isPublic);

let workspace: Workspace;
let objects: OwnObjects;
let client: Client;

function named(list: readonly Operation[]): [string, Operation][] {
  return list.map((operation) => [`${operation.method} ${operation.path}`, operation]);
}

beforeAll(async () => {
  workspace = await registerWorkspace();
  objects = new OwnObjects(document, workspace);
  const { key } = getData(
    await workspace.client.post<ItemResponse<{ key: string }>>('/v1/api-keys', {
      name: 'Trial',
      kind: 'personal',
      mode: 'test',
      scopes: ['*'],
    }),
  );
  client = new Client(key);
});

it.each(named(operations.filter((operation) => pathIds(operation).length > 0)))(
  'should not give a test key access to an object of the workspace: %s',
  async (_name, operation) => {
    const ids = await objects.pathIds(operation);
    const last = pathIds(operation).at(-1)!;
    const sample = pathSample(operation.path, last);
    const isRead = operation.method === 'GET';
    const before = isRead || (await sample.read(workspace, ids[last]!));
    const { status } = await client.send(operation.method, buildPath(operation, ids), {
      query: exampleQuery(operation),
      body: await objects.body(operation),
    });
    expect([403, 404]).toContain(status);
    if (!isRead) expect(await sample.read(workspace, ids[last]!)).toEqual(before);
  },
);

it.each(
  named(
    operations.filter(
      ({ method, path, responses }) =>
        method === 'GET' && !path.includes('{') && JSON.stringify(responses['200']?.content ?? {}).includes('"array"'),
    ),
  ),
)('should not list objects of the workspace for a test key: %s', async (_name, operation) => {
  const ids = await objects.listIds();
  const { body } = await client.send(operation.method, operation.path, { query: exampleQuery(operation) });
  const text = JSON.stringify(body);
  expect(ids.filter((id) => text.includes(id))).toEqual([]);
});

it('should have called every kind of object', async () => {
  expect((await objects.listIds()).length).toBeGreaterThan(20);
});
