import { DateField, EnumField, IntegerField, omitUndefined, StringField, UuidField } from '@parley/kernel/http';
import { TICKET_STATUSES, type TicketStatus } from '../../tickets/ticket.view.js';
import type { TicketStatusView } from '../ticket-status.view.js';

const MAX_POSITION = 10_000;

/** Custom status of tickets. */
export class TicketStatusDto {
  @UuidField({ description: 'ID of the custom status.' })
  id: string;

  @StringField({ description: 'Name.', example: 'Waiting for supplier' })
  name: string;

  @EnumField(TICKET_STATUSES, { description: 'Status of the tickets with this custom status.', example: 'pending' })
  category: string;

  @IntegerField({ description: 'Position in lists, in ascending order.', example: 0 })
  position: number;

  @IntegerField({ description: 'Version for optimistic locking; also returned as `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateTicketStatusDto {
  @StringField({
    description: 'Name. Unique in the workspace, without regard to upper and lower case.',
    optional: true,
    min: 1,
    max: 100,
    example: 'Waiting for supplier',
    trim: true,
  })
  name?: string;

  @IntegerField({
    description: 'Position in lists, in ascending order. Default for a new status: after all others.',
    optional: true,
    min: 0,
    max: MAX_POSITION,
    example: 0,
  })
  position?: number;
}

/** Fields of a new custom status. */
export class CreateTicketStatusDto extends UpdateTicketStatusDto {
  @StringField({
    description: 'Name. Unique in the workspace, without regard to upper and lower case.',
    min: 1,
    max: 100,
    example: 'Waiting for supplier',
    trim: true,
  })
  declare name: string;

  @EnumField(TICKET_STATUSES, {
    description: 'Status of the tickets with this custom status. Cannot be changed later.',
    example: 'pending',
  })
  category: TicketStatus;
}

export function toUpdateTicketStatusInput({ name, position }: UpdateTicketStatusDto): UpdateTicketStatusDto {
  return omitUndefined({ name, position });
}

export function toTicketStatusDto(view: TicketStatusView): TicketStatusDto {
  return {
    id: view.id,
    name: view.name,
    category: view.category,
    position: view.position,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
