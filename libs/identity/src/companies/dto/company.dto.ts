import { badRequestError } from '@parley/kernel';
import {
  EnumField,
  omitUndefined,
  UuidField,
  IntegerField,
  JsonObjectField,
  ListQueryField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import {
  COMPANY_ORDERS,
  type CompaniesFilter,
  type CompanyInput,
  type CompanyOrder,
  type CompanyView,
} from '../company.view.js';

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** A company that contacts belong to. */
export class CompanyDto {
  @UuidField({ description: 'Id of the company.' })
  id: string;

  @StringField({ description: 'Name.', example: 'Acme Inc' })
  name: string;

  @StringListField({
    description: 'Domains of its e-mails, in lower case. A new contact with such an e-mail belongs to the company.',
    example: ['acme.example'],
  })
  domains: string[];

  @JsonObjectField({ description: 'Fields of your own.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @StringListField({ description: 'Tags on the company.', example: ['key-account'] })
  tags: string[];

  @IntegerField({ description: 'How many contacts belong to it.', example: 12 })
  contacts_count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a company; what is left out stays as it is. */
export class UpdateCompanyDto {
  @StringField({ description: 'Name.', optional: true, min: 1, example: 'Acme Inc' })
  name?: string;

  @StringListField({
    description: 'Domains of its e-mails, each of one company only; takes the place of all that were set before.',
    optional: true,
    maxItems: 50,
    minLength: 1,
    maxLength: 253,
    example: ['acme.example'],
  })
  domains?: string[];

  @JsonObjectField({
    description: 'Fields of your own to set. Others stay as they are; null takes one away.',
    optional: true,
    example: { plan: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'Tags on the company; takes the place of all that were set before.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['key-account'],
  })
  tags?: string[];
}

/** A new company. */
export class CreateCompanyDto extends UpdateCompanyDto {
  @StringField({ description: 'Name.', min: 1, example: 'Acme Inc' })
  declare name: string;
}

/** Which companies to list. */
export class CompanyListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Only companies whose name has this in it.', optional: true, max: 200, example: 'acme' })
  q?: string;

  @StringField({ description: 'Only the company of this domain.', optional: true, max: 253, example: 'acme.example' })
  domain?: string;

  @ListQueryField({ description: 'Only companies with any of these tags.', example: 'key-account' })
  tag?: string[];

  @EnumField(COMPANY_ORDERS, { description: 'What to order by. Default created_at.', optional: true })
  order_by?: CompanyOrder;
}

/** The filter in the domain's names. */
export function toCompaniesFilter(query: CompanyListQueryDto): CompaniesFilter {
  return { q: query.q, domain: query.domain, tags: query.tag, ...toTimeRange(query) };
}

/** Fields of a request in the domain's names; what was left out stays out. @throws DomainError BAD_REQUEST for what is no domain. */
export function toCompanyInput({ name, domains, custom_fields: customFields, tags }: UpdateCompanyDto): CompanyInput {
  const normalizedDomains = domains && [...new Set(domains.map((domain) => domain.toLowerCase()))];
  const invalidDomain = normalizedDomains?.find((domain) => !DOMAIN.test(domain));
  if (invalidDomain !== undefined)
    throw badRequestError({ domains: [`domains must be domain names such as acme.example, not "${invalidDomain}"`] });
  const input = { name, domains: normalizedDomains, customFields, tags: tags && [...new Set(tags)] };
  return omitUndefined(input);
}

/** Puts a company on the wire. */
export function toCompanyDto(view: CompanyView): CompanyDto {
  return {
    id: view.id,
    name: view.name,
    domains: view.domains as string[],
    custom_fields: view.customFields,
    tags: view.tags as string[],
    contacts_count: view.contactsCount,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
