import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  StringField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { CONTACT_ORDERS, type ContactOrder } from '../../contacts/contacts-filter.js';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import type { SegmentWithCount, SegmentView } from '../segment.view.js';

const FILTER = {
  description:
    'Who belongs to it, by the fields and operators that making a segment lists. Errors point at the node, such as `filter.all[1].value`.',
  example: CONTACT_FILTER_EXAMPLE,
};
const NAME = { min: 1, max: 120, example: 'Active customers' };

/** Contacts that pass a filter, under a name. */
export class SegmentDto {
  @UuidField({ description: 'Id of the segment.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace regardless of case.', ...NAME })
  name: string;

  @StringField({ description: 'What it is for.', nullable: true, max: 1000, example: 'Who may get the newsletter' })
  description: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;

  @IntegerField({
    description:
      'How many belong to it: now, where one segment is asked for; in lists, when it was looked at last, and counted up to 10,000.',
    example: 40,
  })
  members_count: number;

  @BooleanField({ description: 'Whether `members_count` is an estimate, or as far as was counted.', example: false })
  members_count_is_estimate: boolean;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new segment. */
export class CreateSegmentDto {
  @StringField({ description: 'Name, unique in the workspace regardless of case.', ...NAME })
  name: string;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Who may get the newsletter',
  })
  description?: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;
}

/** What to change about a segment. */
export class UpdateSegmentDto {
  @StringField({ description: 'New name.', optional: true, ...NAME })
  name?: string;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Who may get the newsletter',
  })
  description?: string | null;

  @AnyJsonField(FILTER_SCHEMA, { ...FILTER, optional: true })
  filter?: unknown;
}

/** Which segments to list. */
export class SegmentListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only segments with this in their name or description.',
    optional: true,
    min: 1,
    max: 200,
    example: 'active',
  })
  q?: string;
}

/** Which page of the contacts of a segment. */
export class SegmentContactsQueryDto extends TimedPageQueryDto {
  @EnumField(CONTACT_ORDERS, { description: 'What to order by. Default created_at.', optional: true })
  order_by?: ContactOrder;
}

/** Puts a segment on the wire. */
export function toSegmentDto(view: SegmentView | SegmentWithCount): SegmentDto {
  const count = 'members' in view ? view.members : { value: view.memberCount, estimate: view.memberCount >= 10_000 };
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    filter: view.filter,
    members_count: count.value,
    members_count_is_estimate: count.estimate,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
