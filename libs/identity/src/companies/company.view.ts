import type { TimeRange } from '@parley/kernel/pagination';

export interface CompanyView {
  readonly id: string;
  readonly name: string;
  /** In lower case. */
  readonly domains: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly contactsCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Fields of a company that can be set. */
export interface CompanyInput {
  readonly name?: string;
  readonly domains?: readonly string[];
  /** Merged into the existing custom fields; null removes a field. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
}

export interface CompaniesFilter extends TimeRange {
  readonly q?: string;
  readonly domain?: string;
  /** At least one of these tags. */
  readonly tags?: readonly string[];
}

export const COMPANY_ORDERS = ['created_at', 'updated_at', 'name'] as const;
export type CompanyOrder = (typeof COMPANY_ORDERS)[number];
