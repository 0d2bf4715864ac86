import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { getData, registerWorkspace, type ApiResponse, type Client, type Workspace } from '../support/client.js';
import type { ItemResponse, ListResponse } from '../support/wire.js';

/** The requests that the API reference of CommFlow prints, and the fields of the responses that it prints. */
describe('requests of the CommFlow reference', () => {
  let workspace: Workspace;
  let client: Client;

  beforeAll(async () => {
    workspace = await registerWorkspace();
    client = workspace.client;
  });

  const item = async (response: Promise<ApiResponse<ItemResponse<unknown>>>): Promise<unknown> =>
    getData(await response);

  it('should create a conversation and return it as printed', async () => {
    const response = await client.post<ItemResponse<{ id: string }>>('/v1/conversations', {
      subject: 'New support request',
      contact: { email: 'customer@example.com', name: 'Jane Smith' },
      message: { body: 'I need help with my account.', type: 'comment' },
      channel: 'api',
      priority: 'normal',
      tags: ['support'],
    });
    expect(response.status).toBe(201);
    expect(response.body.data).toMatchObject({
      id: expect.any(String),
      subject: 'New support request',
      status: 'open',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it('should list conversations with all printed filters and return the page as printed', async () => {
    const { assigneeId, conversation } = await createAssignedConversation();
    const { body } = await client.get<ListResponse<unknown>>('/v1/conversations', {
      status: 'open',
      assignee: assigneeId,
      channel: 'email',
      created_after: '2026-01-15T10:30:00Z',
      created_before: '2036-01-15T10:30:00Z',
      page: 1,
      per_page: 25,
    });
    expect(body).toMatchObject({
      data: [
        {
          id: conversation.id,
          subject: 'Need help with billing',
          status: 'open',
          channel: 'email',
          assignee: { id: assigneeId, name: expect.any(String) },
          contact: { id: expect.any(String), name: 'John Doe', email: expect.any(String) },
          created_at: expect.any(String),
          updated_at: expect.any(String),
        },
      ],
      meta: { current_page: 1, per_page: 25, total_count: 1 },
    });
  });

  it('should create, list and update a ticket as printed', async () => {
    const { userId } = await createMember(workspace);
    const created = await client.post<ItemResponse<{ id: string }>>('/v1/tickets', {
      subject: 'Bug report: Login issue',
      description: 'Users are unable to log in since the last update.',
      priority: 'high',
      contact: { email: 'reporter@example.com' },
      tags: ['bug', 'login'],
    });
    expect(created.status).toBe(201);
    const { id } = created.body.data;
    const update = { status: 'resolved', priority: 'normal', assignee_id: userId };
    expect(await item(client.patch(`/v1/tickets/${id}`, update))).toMatchObject({
      id,
      status: 'resolved',
      priority: 'normal',
      assignee: { id: userId, name: expect.any(String) },
    });
    const { body } = await client.get<ListResponse<unknown>>('/v1/tickets', {
      status: 'resolved',
      priority: 'normal',
      assignee: userId,
    });
    expect(body.data).toMatchObject([
      {
        id,
        subject: 'Bug report: Login issue',
        status: 'resolved',
        priority: 'normal',
        assignee: { id: userId },
        contact: { id: expect.any(String), email: 'reporter@example.com' },
        created_at: expect.any(String),
      },
    ]);
  });

  it('should use 25 per page when only a page is requested', async () => {
    const { body } = await client.get<ListResponse<unknown>>('/v1/contacts', { page: 1 });
    expect(body.meta).toMatchObject({ current_page: 1, per_page: 25 });
  });

  it('should get and update a conversation as printed', async () => {
    const { assigneeId, conversation } = await createAssignedConversation();
    const path = `/v1/conversations/${conversation.id}`;
    expect(await item(client.get(path))).toMatchObject({
      id: conversation.id,
      priority: 'normal',
      tags: ['billing', 'urgent'],
      custom_fields: { account_id: '12345' },
    });
    const update = { status: 'pending', priority: 'high', assignee_id: assigneeId, tags: ['billing', 'escalated'] };
    expect(await item(client.patch(path, update))).toMatchObject({
      status: 'pending',
      priority: 'high',
      assignee: { id: assigneeId },
      tags: ['billing', 'escalated'],
    });
  });

  it('should create and list messages as printed', async () => {
    const { id } = await createConversation(client, { message: { body: 'I need help with my account.' } });
    const path = `/v1/conversations/${id}/messages`;
    const body = "Thanks for reaching out! I'll look into this.";
    expect(await item(client.post(path, { body, type: 'reply' }))).toMatchObject({ body, type: 'reply' });
    const { data } = (await client.get<ListResponse<unknown>>(path, { type: 'reply', page: 1, per_page: 10 })).body;
    expect(data).toMatchObject([
      { id: expect.any(String), body, type: 'reply', author: { type: 'user' }, attachments: [] },
    ]);
    const comments = (await client.get<ListResponse<unknown>>(path, { type: 'comment' })).body.data;
    expect(comments).toMatchObject([
      { type: 'comment', author: { type: 'contact', id: expect.any(String), name: 'John Doe' } },
    ]);
  });

  it('should create a message with attachments from a form', async () => {
    const { id } = await createConversation(client);
    const form = new FormData();
    form.append('body', 'See the attachment');
    form.append('type', 'reply');
    form.append('attachments[]', new Blob(['text'], { type: 'text/plain' }), 'document.txt');
    expect(await item(client.post(`/v1/conversations/${id}/messages`, form))).toMatchObject({
      type: 'reply',
      attachments: [{ name: 'document.txt', size: 4 }],
    });
  });

  it('should create, list, update and delete a contact as printed', async () => {
    const created = (await item(
      client.post('/v1/contacts', {
        email: 'newcontact@example.com',
        name: 'Jane Smith',
        phone: '+1987654321',
        company: 'Tech Corp',
        custom_fields: { plan: 'professional', referral_source: 'website' },
      }),
    )) as { id: string };
    const { data } = (
      await client.get<ListResponse<unknown>>('/v1/contacts', {
        email: 'newcontact@example.com',
        q: 'Jane',
        created_after: '2026-01-15T10:30:00Z',
        page: 1,
        per_page: 25,
      })
    ).body;
    expect(data).toMatchObject([
      { id: created.id, phone: '+1987654321', company: 'Tech Corp', custom_fields: { plan: 'professional' } },
    ]);
    const path = `/v1/contacts/${created.id}`;
    const update = { name: 'Jane M. Smith', company: 'Tech Corp Inc', custom_fields: { plan: 'enterprise' } };
    expect(await item(client.patch(path, update))).toMatchObject({
      name: 'Jane M. Smith',
      company: 'Tech Corp Inc',
      custom_fields: { plan: 'enterprise', referral_source: 'website' },
    });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
  });

  it('should update contacts in bulk as printed', async () => {
    const contacts = await Promise.all(
      ['One', 'Two'].map((name) => item(client.post('/v1/contacts', { name })) as Promise<{ id: string }>),
    );
    const response = await client.post('/v1/contacts/bulk', {
      ids: contacts.map(({ id }) => id),
      update: { custom_fields: { segment: 'enterprise' } },
    });
    expect(response.status).toBe(200);
    for (const { id } of contacts)
      expect(await item(client.get(`/v1/contacts/${id}`))).toMatchObject({ custom_fields: { segment: 'enterprise' } });
  });

  it('should list users, teams and tags as printed', async () => {
    const { userId, email } = await createMember(workspace, 'admin');
    const users = (await client.get<ListResponse<unknown>>('/v1/users', { role: 'admin', status: 'active' })).body.data;
    expect(users).toMatchObject([{ id: userId, name: expect.any(String), email, role: 'admin', status: 'active' }]);
    const team = await createTeam(client, { name: 'Support Team', description: 'Customer support' });
    expect(await item(client.get(`/v1/teams/${team.id}`))).toMatchObject({
      name: 'Support Team',
      description: 'Customer support',
      members_count: 0,
    });
    expect((await client.get(`/v1/teams/${team.id}/members`)).status).toBe(200);
    const tag = { name: 'new-feature', color: '#3b82f6' };
    expect(await item(client.post('/v1/tags', tag))).toMatchObject({ ...tag, count: 0 });
  });

  it('should return the caller with the workspace as printed', async () => {
    expect(await item(client.get('/v1/me'))).toMatchObject({
      id: workspace.userId,
      email: workspace.email,
      name: expect.any(String),
      workspace: { id: workspace.id, name: 'Acme Support' },
    });
  });

  it('should create a webhook with the printed secret', async () => {
    const request = {
      url: 'https://yourapp.com/webhook',
      events: ['message.created'],
      secret: 'your_webhook_secret',
    };
    const created = (await item(client.post('/v1/webhooks', request))) as { id: string };
    expect(created).toMatchObject(request);
    expect((await client.delete(`/v1/webhooks/${created.id}`)).status).toBe(204);
  });

  it('should upload a file into a folder as printed', async () => {
    const form = new FormData();
    form.append('file', new Blob(['text'], { type: 'text/plain' }), 'document.txt');
    form.append('folder', 'contracts/2026');
    const file = (await item(client.post('/v1/files', form))) as { id: string };
    expect(file).toMatchObject({ name: 'document.txt', size: 4, mime_type: 'text/plain', url: expect.any(String) });
    expect((await client.get(`/v1/files/${file.id}`)).status).toBe(200);
    expect((await client.delete(`/v1/files/${file.id}`)).status).toBe(204);
  });

  it('should search everything and return the hits as printed', async () => {
    const { id } = await createConversation(client, { subject: 'billing issue of the reference' });
    const { body } = await client.get<{ data: { conversations: unknown }; meta: { total_results: number } }>(
      '/v1/search',
      { q: 'billing issue of the reference', type: 'conversation', limit: 20 },
    );
    expect(body.data.conversations).toMatchObject([{ id }]);
    expect(body.meta.total_results).toBe(1);
  });

  async function createAssignedConversation(): Promise<{ assigneeId: string; conversation: { id: string } }> {
    const { userId: assigneeId } = await createMember(workspace);
    const conversation = await createConversation(client, {
      subject: 'Need help with billing',
      channel: 'email',
      assignee_id: assigneeId,
      tags: ['billing', 'urgent'],
      custom_fields: { account_id: '12345' },
    });
    await createMessage(client, conversation.id, { type: 'comment', body: 'Help' });
    return { assigneeId, conversation };
  }
});
