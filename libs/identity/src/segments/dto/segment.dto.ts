import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  StringField,
  DateField,
  AnyJsonField,
  NestedListField,
} from '@parley/kernel/http';
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { CONTACT_ORDERS, type ContactOrder } from '../../contacts/contacts-filter.js';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import type { SegmentWithCount, SegmentView } from '../segment.view.js';

const FILTER = {
  description:
    'Filter that the members match. `POST /v1/segments` lists the fields and operators. Error paths point to ' +
    'the invalid node, for example `filter.all[1].value`.',
  example: CONTACT_FILTER_EXAMPLE,
};
const NAME = { min: 1, max: 120, example: 'Active customers' };

export class SegmentDto {
  @UuidField({ description: 'Segment ID.' })
  id: string;

  @StringField({ description: 'Name. Unique within the workspace, case-insensitive.', ...NAME })
  name: string;

  @StringField({
    description: 'Description of the purpose.',
    nullable: true,
    max: 1000,
    example: 'Recipients of the newsletter',
  })
  description: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;

  @IntegerField({
    description:
      'Number of members. Exact for a single segment; in lists, the number at the last refresh, counted up to 10,000.',
    example: 40,
  })
  members_count: number;

  @BooleanField({
    description: 'True if `members_count` is an estimate or reached the counting limit.',
    example: false,
  })
  members_count_is_estimate: boolean;

  @NestedListField(() => ProblemDto, {
    description:
      'References of the filter to deleted companies and tags, fields that do not exist, and custom fields that are not ' +
      'defined although others are, or whose definition was deleted. Computed for each response.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

export class CreateSegmentDto {
  @StringField({ description: 'Name. Unique within the workspace, case-insensitive.', ...NAME, trim: true })
  name: string;

  @StringField({
    description: 'Description of the purpose.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Recipients of the newsletter',
  })
  description?: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;
}

export class UpdateSegmentDto {
  @StringField({
    description: 'Name. Unique within the workspace, case-insensitive.',
    optional: true,
    ...NAME,
    trim: true,
  })
  name?: string;

  @StringField({
    description: 'Description of the purpose.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Recipients of the newsletter',
  })
  description?: string | null;

  @AnyJsonField(FILTER_SCHEMA, { ...FILTER, optional: true })
  filter?: unknown;
}

export class SegmentListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only segments whose name or description contains this text.',
    optional: true,
    min: 1,
    max: 200,
    example: 'active',
  })
  q?: string;
}

export class SegmentContactsQueryDto extends TimedPageQueryDto {
  @EnumField(CONTACT_ORDERS, { description: 'Sort field. Default: `created_at`.', optional: true })
  order_by?: ContactOrder;
}

export function toSegmentDto(view: WithProblems<SegmentView | SegmentWithCount>): SegmentDto {
  const count = 'members' in view ? view.members : { value: view.memberCount, estimate: view.memberCount >= 10_000 };
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    filter: view.filter,
    members_count: count.value,
    members_count_is_estimate: count.estimate,
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
