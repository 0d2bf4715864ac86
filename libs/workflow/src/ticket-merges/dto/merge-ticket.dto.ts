import { UuidField } from '@parley/kernel/http';

/** Target of a merge. */
export class MergeTicketDto {
  @UuidField({ description: 'ID of the ticket to merge this one into.' })
  into_id: string;
}
