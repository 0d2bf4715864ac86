import { IntegerField, JsonObjectField, NestedListField, StringField, StringListField } from '../../http/fields.js';
import type { EventDefinition } from '../define-event.js';

/** An entry of the event catalogue. */
export class EventTypeDto {
  @StringField({ description: 'Event type, `<subject>.<past tense>`.', example: 'conversation.assigned' })
  type: string;

  @StringField({ description: 'Type of the object that the event is about.', example: 'conversation' })
  subject_type: string;

  @StringField({
    description: 'Description of the event in one or two sentences.',
    example: 'A conversation was assigned to a user.',
  })
  description: string;

  @StringListField({
    description: 'Names of all fields of `data`. `changed` has the changed fields with their values before and after.',
    example: ['contact_id', 'changed'],
  })
  data_fields: string[];

  @JsonObjectField({
    description: 'Example of `data`, or null.',
    example: { changed: { assignee_id: [null, '0192f7c4-8a00-7000-8000-0000000000b1'] } },
    nullable: true,
  })
  example: object | null;
}

/** The whole event catalogue. */
export class EventTypesDto {
  @NestedListField(() => EventTypeDto, { description: 'All event types, sorted by `type`.', maxItems: 1000 })
  data: EventTypeDto[];

  @IntegerField({ description: 'Number of event types.', example: 114 })
  total: number;
}

/** Maps an event definition to its wire format. */
export function toEventTypeDto({ type, description, fields, example }: EventDefinition): EventTypeDto {
  return { type, subject_type: type.slice(0, type.indexOf('.')), description, data_fields: [...fields], example };
}
