import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPersonalKey, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, NamedRef } from '../support/wire.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/seed.mjs', import.meta.url));
const TIMEOUT_MS = 120_000;

let workspace: Workspace;
let firstOutput: string;

async function runSeed(): Promise<string> {
  const { client } = await createPersonalKey(workspace);
  const args = [SCRIPT, '--url', serverUrl(), '--key', client.credential!];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

async function count(client: Client, path: string): Promise<number> {
  return (await client.get<ListResponse<NamedRef>>(path)).body.total;
}

/** Events of created objects. Excludes the effects of rules, which run in the background, and the keys of this test. */
async function listCreations(): Promise<string[]> {
  const events = await listEvents(workspace.client);
  return events
    .map(({ type }) => type)
    .filter(
      (type) => /\.created$|^user\.|^security\./.test(type) && !['note.created', 'api_key.created'].includes(type),
    );
}

beforeAll(async () => {
  workspace = await registerWorkspace('Seeded');
  firstOutput = await runSeed();
}, TIMEOUT_MS);

describe('npm run seed', () => {
  it.each([
    ['/v1/users', 5],
    ['/v1/teams', 3],
    ['/v1/team-inboxes', 2],
    ['/v1/companies', 3],
    ['/v1/contacts', 18],
    ['/v1/segments', 1],
    ['/v1/canned-responses', 4],
    ['/v1/knowledge-base', 6],
    ['/v1/automations', 3],
    ['/v1/conversations', 60],
  ])('should create the objects of %s', async (path, expected) => {
    expect(await count(workspace.client, path)).toBe(expected);
  });

  it('should create conversations of every status in three languages', async () => {
    for (const status of ['open', 'snoozed', 'resolved', 'closed'])
      expect(await count(workspace.client, `/v1/conversations?status=${status}`)).toBeGreaterThan(0);
    for (const tag of ['en', 'de', 'es'])
      expect(await count(workspace.client, `/v1/conversations?tag=${tag}`)).toBe(20);
  });

  it('should have run every automation', () => {
    expect(firstOutput.match(/^runs of ".*": [1-9]\d*$/gm)).toHaveLength(3);
  });

  it(
    'should create nothing when it runs again',
    async () => {
      const before = await listCreations();
      expect(before.length).toBeGreaterThan(200);
      const output = await runSeed();
      expect(output.match(/: \d+ created/g)).toHaveLength(10);
      expect(output.match(/: [1-9]\d* created/g)).toBeNull();
      expect(await count(workspace.client, '/v1/conversations')).toBe(60);
      expect(await listCreations()).toEqual(before);
    },
    TIMEOUT_MS,
  );
});
