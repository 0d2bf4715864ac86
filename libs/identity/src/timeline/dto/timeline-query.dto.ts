import { ListQueryField } from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';

/** Filter of a contact's timeline. */
export class TimelineQueryDto extends PageQueryDto {
  @ListQueryField({
    description: 'Only events of these types, or of groups such as `message.*`.',
    example: 'message.created',
  })
  types?: string[];
}
