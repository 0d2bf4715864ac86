import { Injectable } from '@nestjs/common';
import { badRequest, unprocessable } from '@parley/kernel';
import { WorkspaceSettings } from '@parley/teams';
import { AttributeChecks } from '../attributes/attribute-checks.service.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { fieldFaults } from './contact-changes.js';
import type { ContactFields } from './contact.view.js';
import { countryOf, isInternational, toE164 } from './phone-number.js';

const WANTED = 'must be a telephone number in the international form, such as +14155550123';

/** Checks what is said about contacts, and brings it into the form in which it is kept. */
@Injectable()
export class ContactFieldChecks {
  constructor(
    private readonly settings: WorkspaceSettings,
    private readonly companies: CompaniesRepository,
    private readonly attributes: AttributeChecks,
  ) {}

  /**
   * The fields as they are kept.
   * @param at where they stand in the request, such as `contact.`.
   * @throws DomainError BAD_REQUEST naming each field that is wrong, UNPROCESSABLE when there is no such company.
   */
  async check<Fields extends ContactFields>(workspaceId: string, fields: Fields, at = ''): Promise<Fields> {
    const faults: Record<string, string[]> = {};
    const checked = {
      ...fields,
      ...named(fields),
      ...(await this.phones(workspaceId, fields, faults)),
      ...(await this.employer(workspaceId, fields)),
    };
    Object.assign(
      faults,
      fieldFaults(checked),
      await this.attributes.faults(workspaceId, 'contact', fields.customFields),
    );
    const wrong = Object.entries(faults).map(([field, messages]) => [`${at}${field}`, messages] as const);
    if (wrong.length > 0) throw badRequest(Object.fromEntries(wrong));
    return checked;
  }

  private async employer(workspaceId: string, { company, companyId }: ContactFields): Promise<ContactFields> {
    if (companyId === undefined) return {};
    if (companyId === null) return { companyId, company: company ?? null };
    const name = await this.companies.nameOf(workspaceId, companyId);
    if (name === null) throw unprocessable('There is no company with this id', { company_id: companyId });
    return { companyId, company: name };
  }

  private async phones(
    workspaceId: string,
    { phone, phones }: ContactFields,
    faults: Record<string, string[]>,
  ): Promise<ContactFields> {
    if (!phone && !phones) return {};
    const given = [...(phone ? [phone] : []), ...(phones ?? []).map(({ value }) => value)];
    const country = given.every(isInternational)
      ? null
      : countryOf((await this.settings.of(workspaceId)).default_country);
    const read = (text: string, field: string): string => {
      const number = toE164(text, country);
      if (number === null) faults[field] = [`${field} ${WANTED}${country ? `, or in that of ${country}` : ''}`];
      return number ?? text;
    };
    return {
      ...(phone && { phone: read(phone, 'phone') }),
      ...(phones && {
        phones: phones.map((one, index) => ({ ...one, value: read(one.value, `phones[${index}].phone`) })),
      }),
    };
  }
}

/** A name of blanks is none. */
function named({ name }: ContactFields): ContactFields {
  return typeof name === 'string' && name.trim() === '' ? { name: null } : {};
}
