import type { TimeRange } from '@parley/kernel/pagination';

/** A company that contacts belong to. */
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

/** What can be set about a company. */
export interface CompanyInput {
  readonly name?: string;
  readonly domains?: readonly string[];
  /** Come on top of those that are set; null takes one away. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
}

/** Which companies to list. */
export interface CompaniesFilter extends TimeRange {
  readonly q?: string;
  readonly domain?: string;
  /** Any of these. */
  readonly tags?: readonly string[];
}

/** What companies can be ordered by. */
export const COMPANY_ORDERS = ['created_at', 'updated_at', 'name'] as const;
export type CompanyOrder = (typeof COMPANY_ORDERS)[number];
