import type { Plan } from '@parley/kernel';
import type { OrganizationSettings } from './organization-settings.js';

/** Workspace with its settings. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  /** IANA time zone name. */
  readonly timezone: string;
  /** BCP 47 tag. */
  readonly locale: string;
  readonly settings: OrganizationSettings;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Changes to an organization. Omitted fields keep their value. */
export interface UpdateOrganizationInput {
  readonly name?: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly settings?: Partial<OrganizationSettings>;
}
