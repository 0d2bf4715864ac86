import { Injectable } from '@nestjs/common';
import { assertNoIssues, unprocessableError, type InputIssue } from '@parley/kernel';
import { AttributeValidator } from '../attributes/attribute-validator.service.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { TagNamesService } from '../tag-names/tag-names.service.js';
import { ContactFieldParser } from './contact-field-parser.service.js';
import { validateFieldCombinations } from './contact-patch.js';
import type { ContactInput } from './contact.view.js';

/** Validates and normalizes contact fields. */
@Injectable()
export class ContactValidator {
  constructor(
    private readonly fieldParser: ContactFieldParser,
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
      ...(await this.fieldParser.parseInto(workspaceId, fields, issues)),
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
}
