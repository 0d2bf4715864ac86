import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { getError, registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import type { Conversation, Message } from '../support/wire.js';

let workspace: Workspace;
let conversation: Conversation;

beforeAll(async () => {
  workspace = await registerWorkspace();
  conversation = await createConversation(workspace.client, { subject: 'A <b> tag' });
  const file = await createFile(workspace.client);
  await createMessage(workspace.client, conversation.id, { type: 'note', body: 'A secret' });
  await createMessage(workspace.client, conversation.id, {
    body: '<script>alert(1)</script>',
    attachment_ids: [file.id],
  });
});

function transcript<T = string>(query: Record<string, string> = {}): Promise<ApiResponse<T>> {
  return workspace.client.get<T>(`/v1/conversations/${conversation.id}/transcript`, query);
}

it('should return plain text without notes by default', async () => {
  const { status, headers, body } = await transcript();
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'text/plain; charset=utf-8',
    `attachment; filename="conversation-${conversation.number}.txt"`,
  ]);
  expect(body).toContain(
    `Conversation #${conversation.number}: A <b> tag\nWith John Doe <${conversation.contact.email}>`,
  );
  expect(body).toMatch(
    /\] John Doe \(customer\):\nWhere is my invoice\?\n\n\[.*\] Sarah Chen \(agent\):\n<script>alert\(1\)<\/script>\nAttached: invoice.txt\n$/,
  );
  expect(body).not.toContain('A secret');
  expect((await transcript({ include_notes: 'true' })).body).toContain('Sarah Chen (agent), note:\nA secret');
});

it('should return HTML without active content when the format is html', async () => {
  const { headers, body } = await transcript({ format: 'html' });
  expect([headers.get('content-type'), headers.get('content-security-policy')]).toEqual([
    'text/html; charset=utf-8',
    expect.stringContaining("default-src 'none'"),
  ]);
  expect(body).toContain('A &lt;b&gt; tag');
  expect(body).toContain('&lt;script&gt;');
  expect(body).not.toContain('<script');
  expect(body).toMatch(/<\/body><\/html>\n$/);
});

it('should return the conversation and its messages when the format is json', async () => {
  const { body } = await transcript<{ data: { conversation: Conversation; messages: Message[] } }>({
    format: 'json',
    include_notes: 'true',
  });
  expect(body.data.conversation.id).toBe(conversation.id);
  expect(body.data.messages.map(({ type }) => type)).toEqual(['comment', 'note', 'reply']);
});

it('should contain every message once when the transcript spans many pages', async () => {
  const { id } = await createConversation(workspace.client, { message: { body: 'message 0' } });
  for (let index = 1; index < 430; index += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_none, more) =>
        createMessage(workspace.client, id, { body: `message ${index + more}` }),
      ),
    );
  const { body } = await workspace.client.get<string>(`/v1/conversations/${id}/transcript`);
  const found = body.match(/^message \d+$/gm)!;
  expect([found.length, new Set(found).size]).toEqual([431, 431]);
}, 60_000);

it('should return 400 for an unknown format and 404 for a conversation of another workspace', async () => {
  expect(getError(await transcript({ format: 'pdf' })).status).toBe(400);
  const { client } = await registerWorkspace();
  expect(getError(await client.get(`/v1/conversations/${conversation.id}/transcript`)).status).toBe(404);
});
