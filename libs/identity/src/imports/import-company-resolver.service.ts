import { Injectable } from '@nestjs/common';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { CompaniesService } from '../companies/companies.service.js';
import type { ContactInput } from '../contacts/contact.view.js';

/** Links rows to the companies that they name; in the caller's unit of work. */
@Injectable()
export class ImportCompanyResolver {
  constructor(
    private readonly companies: CompaniesRepository,
    private readonly companiesService: CompaniesService,
  ) {}

  /**
   * The rows with the IDs of their companies, by name without case. Companies that do not exist are created.
   * @param rows for a new contact, the company of its e-mail domain comes first, as in requests.
   */
  async resolve<Row extends { readonly fields: ContactInput; readonly isNew: boolean }>(
    workspaceId: string,
    rows: readonly Row[],
  ): Promise<Row[]> {
    const domains = rows.flatMap(({ fields, isNew }) => (isNew && fields.company ? [emailDomain(fields)] : []));
    const companiesByDomain = domains.length > 0 ? await this.companies.findByDomains(workspaceId, domains) : new Map();
    const isNamed = ({ fields, isNew }: Row): boolean =>
      Boolean(fields.company) && !(isNew && companiesByDomain.has(emailDomain(fields)));
    const ids = await this.findOrCreate(
      workspaceId,
      rows.filter(isNamed).map(({ fields }) => fields.company!),
    );
    return rows.map((row) =>
      isNamed(row)
        ? { ...row, fields: { ...row.fields, companyId: ids.get(row.fields.company!.toLowerCase())! } }
        : row,
    );
  }

  private async findOrCreate(workspaceId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const byKey = new Map([...names].reverse().map((name) => [name.toLowerCase(), name]));
    const found = await this.findIds(workspaceId, [...byKey.values()]);
    const missing = [...byKey].filter(([key]) => !found.has(key));
    if (missing.length === 0) return found;
    await this.companies.lockNames(workspaceId);
    const ids = new Map([
      ...found,
      ...(await this.findIds(
        workspaceId,
        missing.map(([, name]) => name),
      )),
    ]);
    for (const [key, name] of missing)
      if (!ids.has(key)) ids.set(key, (await this.companiesService.create(workspaceId, { name })).id);
    return ids;
  }

  private async findIds(workspaceId: string, names: readonly string[]): Promise<Map<string, string>> {
    const found = names.length > 0 ? await this.companies.findIdsByNames(workspaceId, names) : [];
    return new Map([...found].map(([name, id]) => [name.toLowerCase(), id]));
  }
}

function emailDomain({ email, emails }: ContactInput): string {
  return (email ?? emails?.[0]?.value ?? '').split('@').at(-1)!.toLowerCase();
}
