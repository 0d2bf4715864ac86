import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

interface Company {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly custom_fields: object;
  readonly contacts_count: number;
  readonly version: number;
}

type Employee = Contact & { readonly company: string | null; readonly company_id: string | null };

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function createCompany(fields: object = {}): Promise<Company> {
  return getData(await workspace.client.post<ItemResponse<Company>>('/v1/companies', { name: 'Acme Inc', ...fields }));
}

async function createEmployee(id: string): Promise<Employee> {
  return getData(await workspace.client.get<ItemResponse<Employee>>(`/v1/contacts/${id}`));
}

const uniqueDomain = (): string => `${randomUUID()}.example`;

describe('companies', () => {
  it('should be created, updated, listed and deleted, with events', async () => {
    const own = uniqueDomain();
    const created = await createCompany({
      name: 'Engines',
      domains: [own.toUpperCase(), own],
      tags: ['key'],
      custom_fields: { plan: 'pro' },
    });
    expect(created).toMatchObject({
      name: 'Engines',
      domains: [own],
      custom_fields: { plan: 'pro' },
      contacts_count: 0,
      version: 1,
    });
    const changed = getData(
      await workspace.client.patch<ItemResponse<Company>>(`/v1/companies/${created.id}`, { name: 'Engines Ltd' }),
    );
    expect(changed).toMatchObject({ name: 'Engines Ltd', domains: [own], version: 2 });
    const found = async (query: Record<string, string>) =>
      (await workspace.client.get<ListResponse<Company>>('/v1/companies', query)).body.data.map(({ id }) => id);
    for (const query of [{ q: 'engines l' }, { domain: own }, { tag: 'key' }] as Record<string, string>[])
      expect(await found(query)).toEqual([created.id]);
    expect((await workspace.client.delete(`/v1/companies/${created.id}`)).status).toBe(204);
    expect(getError(await workspace.client.get(`/v1/companies/${created.id}`)).status).toBe(404);
    const emitted = (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === created.id);
    expect(emitted.map(({ type }) => type)).toEqual(['company.created', 'company.updated', 'company.deleted']);
  });

  it('should merge custom fields by key and report all of them in the event', async () => {
    const { id } = await createCompany({ custom_fields: { plan: 'free', seats: 3, nothing: null } });
    const changed = getData(
      await workspace.client.patch<ItemResponse<Company>>(`/v1/companies/${id}`, {
        custom_fields: { plan: 'pro', seats: null },
      }),
    );
    expect(changed).toMatchObject({ custom_fields: { plan: 'pro' }, version: 2 });
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'company.updated' && subject_id === id,
    );
    expect(emitted!.data).toEqual({
      name: 'Acme Inc',
      changed: { custom_fields: [{ plan: 'free', seats: 3 }, { plan: 'pro' }] },
    });
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Company>>(`/v1/companies/${id}`, { custom_fields: { absent: null } }),
      ).version,
    ).toBe(2);
  });

  it('should reject a domain that belongs to another company', async () => {
    const own = uniqueDomain();
    await createCompany({ domains: [own] });
    expect(getError(await workspace.client.post('/v1/companies', { name: 'Other', domains: [own] }))).toMatchObject({
      status: 409,
      details: { field: 'domains' },
    });
    const { id } = await createCompany();
    expect(getError(await workspace.client.patch(`/v1/companies/${id}`, { domains: [own] })).status).toBe(409);
    expect((await other.client.post('/v1/companies', { name: 'Other', domains: [own] })).status).toBe(201);
    for (const wrong of ['acme', 'http://acme.example', 'a b.example', '-a.example', 'acme.example.']) {
      expect(getError(await workspace.client.post('/v1/companies', { name: 'x', domains: [wrong] }))).toMatchObject({
        status: 400,
        details: { domains: expect.anything() },
      });
    }
  });

  it('should not be visible in another workspace', async () => {
    const { id } = await createCompany();
    expect(getError(await other.client.get(`/v1/companies/${id}`)).status).toBe(404);
    expect(getError(await other.client.get(`/v1/companies/${id}/contacts`)).status).toBe(404);
    expect(
      (await other.client.get<ListResponse<Company>>('/v1/companies')).body.data.map((company) => company.id),
    ).not.toContain(id);
  });
});

describe('contacts of a company', () => {
  it('should be linked by their e-mail domain when they are created', async () => {
    const own = uniqueDomain();
    const company = await createCompany({ name: 'Acme', domains: [own] });
    const { id } = await createContact(workspace.client, { email: `ada@${own.toUpperCase()}`, company: 'acme ltd.' });
    expect(await createEmployee(id)).toMatchObject({ company: 'Acme', company_id: company.id });
    expect(
      getData(await workspace.client.get<ItemResponse<Company>>(`/v1/companies/${company.id}`)).contacts_count,
    ).toBe(1);
    expect(
      (await workspace.client.get<ListResponse<Contact>>(`/v1/companies/${company.id}/contacts`)).body.data.map(
        (contact) => contact.id,
      ),
    ).toEqual([id]);
    expect(
      (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { company_id: company.id })).body.total,
    ).toBe(1);
    expect(await createEmployee((await createContact(workspace.client, { email: `ada@sub.${own}` })).id)).toMatchObject(
      {
        company: null,
        company_id: null,
      },
    );
  });

  it('should be linked and unlinked by company_id and company', async () => {
    const company = await createCompany({ name: 'Acme' });
    const { id } = await createContact(workspace.client, { company_id: company.id });
    const patch = async (fields: object) =>
      getData(await workspace.client.patch<ItemResponse<Employee>>(`/v1/contacts/${id}`, fields));
    expect(await createEmployee(id)).toMatchObject({ company: 'Acme', company_id: company.id });
    expect(await patch({ company: 'Acme', name: 'Ada' })).toMatchObject({ company_id: company.id });
    expect(await patch({ company: 'Elsewhere' })).toMatchObject({ company: 'Elsewhere', company_id: null });
    expect(await patch({ company_id: company.id })).toMatchObject({ company: 'Acme', company_id: company.id });
    expect(await patch({ company_id: null })).toMatchObject({ company: null, company_id: null });
    expect(getError(await workspace.client.patch(`/v1/contacts/${id}`, { company_id: randomUUID() })).status).toBe(422);
  });

  it('should show the new name of the company and keep it after the company is deleted', async () => {
    const company = await createCompany({ name: 'Acme' });
    const { id } = await createContact(workspace.client, { company_id: company.id });
    await workspace.client.patch(`/v1/companies/${company.id}`, { name: 'Acme International' });
    await eventually(async () => expect((await createEmployee(id)).company).toBe('Acme International'));
    await workspace.client.delete(`/v1/companies/${company.id}`);
    expect(await createEmployee(id)).toMatchObject({ company: 'Acme International', company_id: null });
  });
});
