import { registerWorkspace, type Workspace } from '../support/client.js';
import { getApiDocument, listOperations } from '../support/document.js';
import { buildOwnCall, SPECIAL_OPERATIONS } from '../support/own-calls.js';

const document = await getApiDocument();
const operations = listOperations(document).filter(({ id }) => !SPECIAL_OPERATIONS.has(id));

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  'should return the documented status for the example of %s',
  async (_name, operation) => {
    const { method, path, options: sent } = await buildOwnCall(document, operation, workspace);
    const documented = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
    expect(documented).toContain(String((await workspace.client.send(method, path, sent)).status));
  },
);
