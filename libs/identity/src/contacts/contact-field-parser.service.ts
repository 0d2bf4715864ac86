import { Injectable } from '@nestjs/common';
import { assertNoIssues, type FieldPath, type InputIssue } from '@parley/kernel';
import { normalizeEmail } from '@parley/kernel/email';
import { WorkspaceSettingsCache } from '@parley/teams';
import type { ContactInput } from './contact.view.js';
import { parseCountry, isInternational, toE164 } from './phone-number.js';

const PHONE_FORMAT_MESSAGE = 'must be a phone number in international format, for example +14155550123';
const NATIONAL_FORMAT_MESSAGE = '. To accept national numbers, set the setting default_country of the workspace';

/** Parses names, e-mail addresses and phone numbers of contacts. */
@Injectable()
export class ContactFieldParser {
  constructor(private readonly settings: WorkspaceSettingsCache) {}

  /**
   * Returns the fields in normalized form; blank names as null, phone numbers in E.164 format.
   * @throws DomainError BAD_REQUEST for an invalid phone number.
   */
  async parse<Fields extends ContactInput>(workspaceId: string, fields: Fields): Promise<Fields> {
    const issues: InputIssue[] = [];
    const normalized = await this.parseInto(workspaceId, fields, issues);
    assertNoIssues(issues);
    return normalized;
  }

  /** The same, but adds the issues of invalid phone numbers to `issues`. */
  async parseInto<Fields extends ContactInput>(
    workspaceId: string,
    fields: Fields,
    issues: InputIssue[],
  ): Promise<Fields> {
    return {
      ...fields,
      ...normalizeName(fields),
      ...normalizeEmails(fields),
      ...(await this.normalizePhones(workspaceId, fields, issues)),
    };
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
