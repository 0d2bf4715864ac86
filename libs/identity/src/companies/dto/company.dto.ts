import { badRequestError } from '@parley/kernel';
import { normalizeDomain } from '@parley/kernel/email';
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

export class CompanyDto {
  @UuidField({ description: 'Company ID.' })
  id: string;

  @StringField({ description: 'Company name.', example: 'Acme Inc' })
  name: string;

  @StringListField({
    description:
      'E-mail domains in lower case. New contacts with an e-mail of these domains are linked to the company.',
    example: ['acme.example'],
  })
  domains: string[];

  @JsonObjectField({ description: 'Custom fields.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @StringListField({ description: 'Tags of the company.', example: ['key-account'] })
  tags: string[];

  @IntegerField({ description: 'Number of contacts of the company.', example: 12 })
  contacts_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateCompanyDto {
  @StringField({ description: 'Company name.', optional: true, min: 1, example: 'Acme Inc', trim: true })
  name?: string;

  @StringListField({
    description: 'E-mail domains. Each domain belongs to at most one company. Replaces all domains.',
    optional: true,
    maxItems: 50,
    minLength: 1,
    maxLength: 253,
    example: ['acme.example'],
  })
  domains?: string[];

  @JsonObjectField({
    description: 'Custom fields to set. Merged with the existing ones; `null` removes a field.',
    optional: true,
    example: { plan: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'Replaces all tags.',
    optional: true,
    trim: true,
    maxLength: 100,
    example: ['key-account'],
  })
  tags?: string[];
}

export class CreateCompanyDto extends UpdateCompanyDto {
  @StringField({ description: 'Company name.', min: 1, example: 'Acme Inc', trim: true })
  declare name: string;
}

export class CompanyListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only companies whose name contains this text.',
    optional: true,
    max: 200,
    example: 'acme',
  })
  q?: string;

  @StringField({
    description: 'Only the company with this e-mail domain.',
    optional: true,
    max: 253,
    example: 'acme.example',
  })
  domain?: string;

  @ListQueryField({ description: 'Only companies with any of these tags.', example: 'key-account' })
  tag?: string[];

  @EnumField(COMPANY_ORDERS, { description: 'Sort field. Default: `created_at`.', optional: true })
  order_by?: CompanyOrder;
}

export function toCompaniesFilter(query: CompanyListQueryDto): CompaniesFilter {
  return { q: query.q, domain: query.domain, tags: query.tag, ...toTimeRange(query) };
}

/** @throws DomainError BAD_REQUEST for an invalid domain. */
export function toCompanyInput({ name, domains, custom_fields: customFields, tags }: UpdateCompanyDto): CompanyInput {
  const normalizedDomains = domains && [
    ...new Set(domains.map((domain) => normalizeDomain(domain.trim()).toLowerCase())),
  ];
  const invalidDomain = normalizedDomains?.find((domain) => !DOMAIN.test(domain));
  if (invalidDomain !== undefined)
    throw badRequestError({ domains: [`domains must be domain names such as acme.example, not "${invalidDomain}"`] });
  const input = { name, domains: normalizedDomains, customFields, tags: tags && [...new Set(tags)] };
  return omitUndefined(input);
}

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
