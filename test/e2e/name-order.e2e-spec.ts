import { createContact } from '../factories/contact.js';
import { createInbox } from '../factories/inbox.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { ListResponse } from '../support/wire.js';

const SORTED = ['Ångström', 'apfel', 'Äpfel', 'éclair', 'Eclipse', 'öl', 'Olaf', 'Zebra'];
const CREATED = ['Zebra', 'öl', 'apfel', 'Ångström', 'Olaf', 'éclair', 'Äpfel', 'Eclipse'];

let workspace: Workspace;
let client: Client;

beforeAll(async () => {
  workspace = await registerWorkspace();
  ({ client } = workspace);
});

async function pagesOf(path: string, field: string, query: Record<string, string>): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: ListResponse<Record<string, string>> } = await client.get<
      ListResponse<Record<string, string>>
    >(path, { ...query, limit: 3, ...(cursor !== '' && { cursor }) });
    names.push(...body.data.map((item) => item[field]!));
    cursor = body.meta.next_cursor;
  }
  return names;
}

it.each<[path: string, field: string, query: Record<string, string>, create: (name: string) => Promise<unknown>]>([
  ['/v1/contacts', 'name', { order_by: 'name' }, (name) => createContact(client, { name })],
  ['/v1/companies', 'name', { order_by: 'name' }, (name) => client.post('/v1/companies', { name })],
  ['/v1/teams', 'name', { order_by: 'name' }, (name) => createTeam(client, { name })],
  ['/v1/team-inboxes', 'name', { order_by: 'name' }, (name) => createInbox(client, { name })],
  ['/v1/tags', 'name', {}, (name) => client.post('/v1/tags', { name })],
  ['/v1/file-folders', 'name', {}, (name) => client.post('/v1/file-folders', { name })],
  [
    '/v1/canned-responses',
    'shortcut',
    {},
    (shortcut) => client.post('/v1/canned-responses', { shortcut, content: 'Hello' }),
  ],
  [
    '/v1/users',
    'name',
    { order_by: 'name' },
    async (name) => {
      const member = await createMember(workspace);
      await member.client.patch('/v1/me', { name });
    },
  ],
])('should sort %s by the Unicode collation, page by page', async (path, field, query, create) => {
  for (const name of CREATED) await create(name);
  const isListed = (name: string): boolean => SORTED.includes(name);
  const ascending = await pagesOf(path, field, { ...query, order_dir: 'asc' });
  expect(ascending.filter(isListed)).toEqual(SORTED);
  const descending = await pagesOf(path, field, { ...query, order_dir: 'desc' });
  expect(descending.filter(isListed)).toEqual(SORTED.toReversed());
});
