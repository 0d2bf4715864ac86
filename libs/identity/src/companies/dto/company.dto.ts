import {
  badRequest,
  Choice,
  givenFields,
  Id,
  Integer,
  JsonObject,
  QueryList,
  Text,
  TextList,
  Time,
  TimedPageQueryDto,
  timeRangeOf,
} from '@parley/kernel';
import {
  COMPANY_ORDERS,
  type CompaniesFilter,
  type CompanyFields,
  type CompanyOrder,
  type CompanyView,
} from '../company.view.js';

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** A company that contacts belong to. */
export class CompanyDto {
  @Id({ description: 'Id of the company.' })
  id: string;

  @Text({ description: 'Name.', example: 'Acme Inc' })
  name: string;

  @TextList({
    description: 'Domains of its e-mails, in lower case. A new contact with such an e-mail belongs to the company.',
    example: ['acme.example'],
  })
  domains: string[];

  @JsonObject({ description: 'Fields of your own.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @TextList({ description: 'Tags on the company.', example: ['key-account'] })
  tags: string[];

  @Integer({ description: 'How many contacts belong to it.', example: 12 })
  contacts_count: number;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a company; what is left out stays as it is. */
export class UpdateCompanyDto {
  @Text({ description: 'Name.', optional: true, min: 1, example: 'Acme Inc' })
  name?: string;

  @TextList({
    description: 'Domains of its e-mails, each of one company only; takes the place of all that were set before.',
    optional: true,
    maxItems: 50,
    minLength: 1,
    maxLength: 253,
    example: ['acme.example'],
  })
  domains?: string[];

  @JsonObject({
    description: 'Fields of your own to set. Others stay as they are; null takes one away.',
    optional: true,
    example: { plan: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @TextList({
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
  @Text({ description: 'Name.', min: 1, example: 'Acme Inc' })
  declare name: string;
}

/** Which companies to list. */
export class CompanyListQueryDto extends TimedPageQueryDto {
  @Text({ description: 'Only companies whose name has this in it.', optional: true, max: 200, example: 'acme' })
  q?: string;

  @Text({ description: 'Only the company of this domain.', optional: true, max: 253, example: 'acme.example' })
  domain?: string;

  @QueryList({ description: 'Only companies with any of these tags.', example: 'key-account' })
  tag?: string[];

  @Choice(COMPANY_ORDERS, { description: 'What to order by. Default created_at.', optional: true })
  order_by?: CompanyOrder;
}

/** The filter in the domain's names. */
export function toCompaniesFilter(query: CompanyListQueryDto): CompaniesFilter {
  return { q: query.q, domain: query.domain, tags: query.tag, ...timeRangeOf(query) };
}

/** Fields of a request in the domain's names; what was left out stays out. @throws DomainError BAD_REQUEST for what is no domain. */
export function toCompanyFields({ name, domains, custom_fields: customFields, tags }: UpdateCompanyDto): CompanyFields {
  const lower = domains && [...new Set(domains.map((domain) => domain.toLowerCase()))];
  const wrong = lower?.find((domain) => !DOMAIN.test(domain));
  if (wrong !== undefined)
    throw badRequest({ domains: [`domains must be domain names such as acme.example, not "${wrong}"`] });
  const all = { name, domains: lower, customFields, tags: tags && [...new Set(tags)] };
  return givenFields(all);
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
