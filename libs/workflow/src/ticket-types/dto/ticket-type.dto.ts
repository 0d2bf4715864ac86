import {
  BooleanField,
  DateField,
  EnumField,
  IntegerField,
  NestedField,
  NestedListField,
  omitUndefined,
  StringField,
  UuidField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { PRIORITIES, type Priority } from '@parley/messaging';
import { MAX_FORM_FIELDS, type TicketTypeView, type UpdateTicketTypeInput } from '../ticket-type.view.js';

/** A field in the form of a ticket type. */
export class TicketFormFieldDto {
  @StringField({
    description: 'Key of a custom field of tickets, as defined with `POST /v1/attribute-definitions`.',
    min: 1,
    max: 100,
    example: 'order_id',
  })
  key: string;

  @BooleanField({ description: 'True if tickets of the type must have a value.', example: true })
  required: boolean;
}

/** Team of new tickets of a type. */
export class TicketTypeTeamDto {
  @UuidField({ description: 'ID of the team.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'Billing' })
  name: string | null;
}

/** Type of tickets. */
export class TicketTypeDto {
  @UuidField({ description: 'ID of the type.' })
  id: string;

  @StringField({ description: 'Name.', example: 'Refund' })
  name: string;

  @StringField({ description: 'Description.', nullable: true, example: 'Money back for an order.' })
  description: string | null;

  @NestedListField(() => TicketFormFieldDto, { description: 'Custom fields of the form, in its order.' })
  form: TicketFormFieldDto[];

  @EnumField(PRIORITIES, {
    description: 'Priority of new tickets that set none. Null for `normal`.',
    nullable: true,
    example: 'high',
  })
  default_priority: string | null;

  @NestedField(() => TicketTypeTeamDto, { description: 'Team of new tickets that set none.', nullable: true })
  team: TicketTypeTeamDto | null;

  @NestedListField(() => ProblemDto, {
    description: 'A deleted team, or deleted custom fields of the form. Empty if there are none.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({ description: 'Version for optimistic locking; also returned as `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateTicketTypeDto {
  @StringField({
    description: 'Name. Unique in the workspace, without regard to upper and lower case.',
    optional: true,
    min: 1,
    max: 100,
    example: 'Refund',
    trim: true,
  })
  name?: string;

  @StringField({
    description: 'Description. `null` removes it.',
    optional: true,
    nullable: true,
    max: 2000,
    example: 'Money back for an order.',
  })
  description?: string | null;

  @NestedListField(() => TicketFormFieldDto, {
    description:
      'Custom fields of the form, in its order. Replaces the form. Existing tickets stay valid; required fields are ' +
      'checked when a ticket is created, or when its type or custom fields change.',
    optional: true,
    maxItems: MAX_FORM_FIELDS,
    example: [],
  })
  form?: TicketFormFieldDto[];

  @EnumField(PRIORITIES, {
    description: 'Priority of new tickets that set none. `null` for `normal`.',
    optional: true,
    nullable: true,
    example: 'high',
  })
  default_priority?: Priority | null;

  @UuidField({
    description: 'ID of the team of new tickets that set none. `null` for no team.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;
}

/** Fields of a new ticket type. */
export class CreateTicketTypeDto extends UpdateTicketTypeDto {
  @StringField({
    description: 'Name. Unique in the workspace, without regard to upper and lower case.',
    min: 1,
    max: 100,
    example: 'Refund',
    trim: true,
  })
  declare name: string;
}

/** Filter of the list of ticket types. */
export class TicketTypeListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only types whose name contains this text.',
    optional: true,
    max: 200,
    example: 'refund',
  })
  q?: string;
}

export function toTicketTypeInput(dto: UpdateTicketTypeDto): UpdateTicketTypeInput {
  const { name, description, form, default_priority: defaultPriority, team_id: teamId } = dto;
  return omitUndefined({
    name,
    description,
    form: form?.map(({ key, required }) => ({ key, required })),
    defaultPriority,
    teamId,
  });
}

export function toTicketTypeDto(view: WithProblems<TicketTypeView>): TicketTypeDto {
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    form: view.form.map(({ key, required }) => ({ key, required })),
    default_priority: view.defaultPriority,
    team: view.team,
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
