import type { NamedRef, Priority } from '@parley/messaging';
import type { TimeRange } from '@parley/kernel/pagination';

/** Maximum number of fields in a form. */
export const MAX_FORM_FIELDS = 100;

/** A custom field of tickets in the form of a type. */
export interface TicketFormField {
  /** Key in `custom_fields`. */
  readonly key: string;
  /** True if tickets of the type must have a value. */
  readonly required: boolean;
}

/** Type of tickets: its form and the defaults of new tickets. */
export interface TicketTypeView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Custom fields that the type asks for, in the order of the form. */
  readonly form: readonly TicketFormField[];
  readonly defaultPriority: Priority | null;
  /** Team of new tickets. */
  readonly teamId: string | null;
  readonly team: NamedRef | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type UpdateTicketTypeInput = Partial<
  Pick<TicketTypeView, 'name' | 'description' | 'form' | 'defaultPriority' | 'teamId'>
>;

export interface TicketTypesFilter extends TimeRange {
  readonly q?: string;
}
