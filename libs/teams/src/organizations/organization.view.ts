import type { Plan } from '@parley/kernel';
import type { OrganizationSettings } from './organization-settings.js';

/** A workspace with all that its members may know and change about it. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  /** IANA name. */
  readonly timezone: string;
  /** BCP 47 tag. */
  readonly locale: string;
  readonly settings: OrganizationSettings;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What to change about an organization; what is left out stays. */
export interface UpdateOrganizationInput {
  readonly name?: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly settings?: Partial<OrganizationSettings>;
}
