import { register, type Workspace } from '../support/client.js';
import { apiDocument, operationsOf } from '../support/document.js';
import { ownCall, SPECIAL } from '../support/own-calls.js';

const document = await apiDocument();
const operations = operationsOf(document).filter(({ id }) => !SPECIAL.has(id));

let workspace: Workspace;

beforeEach(async () => {
  workspace = await register();
});

it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  'should answer the documented example of %s as documented',
  async (_name, operation) => {
    const { method, path, sent } = await ownCall(document, operation, workspace);
    const documented = Object.keys(operation.responses).find((status) => status.startsWith('2'));
    expect(await workspace.client.send(method, path, sent)).toMatchObject({ status: Number(documented) });
  },
);
