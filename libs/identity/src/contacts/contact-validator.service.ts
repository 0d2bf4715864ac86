import { Injectable } from '@nestjs/common';
import { assertNoIssues, unprocessableError, type FieldPath, type InputIssue } from '@parley/kernel';
import { normalizeEmail } from '@parley/kernel/email';
import { WorkspaceSettingsCache } from '@parley/teams';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { TagNamesService } from '../tag-names/tag-names.service.js';
import { validateFieldCombinations } from './contact-patch.js';
import type { ContactInput } from './contact.view.js';
import { parseCountry, isInternational, toE164 } from './phone-number.js';

const PHONE_FORMAT_MESSAGE = 'must be a phone number in international format, for example +14155550123';
const NATIONAL_FORMAT_MESSAGE = '. To accept national numbers, set the setting default_country of the workspace';

/** Validates and normalizes contact fields. */
@Injectable()
export class ContactValidator {
  constructor(
    private readonly settings: WorkspaceSettingsCache,
    private readonly companies: CompaniesRepository,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
  ) {}

  /**
   * The normalized fields.
   * @throws DomainError BAD_REQUEST with all invalid fields, UNPROCESSABLE if the company does not exist.
   */
  async validate<Fields extends ContactInput>(workspaceId: string, fields: Fields): Promise<Fields> {
    const issues: InputIssue[] = [];
    const validated = {
      ...fields,
      ...normalizeName(fields),
      ...normalizeEmails(fields),
      ...(await this.normalizePhones(workspaceId, fields, issues)),
      ...(await this.resolveCompany(workspaceId, fields)),
      ...(fields.tags && { tags: await this.tagNames.resolve(workspaceId, fields.tags, { owner: 'contact' }) }),
    };
    issues.push(
      ...validateFieldCombinations(validated),
      ...(await this.attributeValidator.validate(workspaceId, 'contact', fields.customFields)),
    );
    assertNoIssues(issues);
    return validated;
  }

  private async resolveCompany(workspaceId: string, { company, companyId }: ContactInput): Promise<ContactInput> {
    if (companyId === undefined) return {};
    if (companyId === null) return { companyId, company: company ?? null };
    const name = await this.companies.findName(workspaceId, companyId);
    if (name === null) throw unprocessableError('Company not found', { companyId });
    return { companyId, company: name };
  }

  private async normalizePhones(
    workspaceId: string,
    { phone, phones }: ContactInput,
    issues: InputIssue[],
  ): Promise<ContactInput> {
    if (!phone && !phones) return {};
    const numbers = [...(phone ? [phone] : []), ...(phones ?? []).map(({ value }) => value)];
    const country = numbers.every(isInternational)
      ? null
      : parseCountry((await this.settings.get(workspaceId)).default_country);
    const normalize = (text: string, path: FieldPath): string => {
      const number = toE164(text, country);
      if (number === null)
        issues.push({
          path,
          message: `${PHONE_FORMAT_MESSAGE}${country ? `, or in the national format of ${country}` : NATIONAL_FORMAT_MESSAGE}`,
        });
      return number ?? text;
    };
    return {
      ...(phone && { phone: normalize(phone, ['phone']) }),
      ...(phones && {
        phones: phones.map((item, index) => ({ ...item, value: normalize(item.value, ['phones', index, 'value']) })),
      }),
    };
  }
}

/** For fields of other sources than requests. */
function normalizeEmails({ email, emails }: ContactInput): ContactInput {
  return {
    ...(email && { email: normalizeEmail(email) }),
    ...(emails && { emails: emails.map((item) => ({ ...item, value: normalizeEmail(item.value) })) }),
  };
}

/** A blank name is stored as null. */
function normalizeName({ name }: ContactInput): ContactInput {
  return typeof name === 'string' && name.trim() === '' ? { name: null } : {};
}
