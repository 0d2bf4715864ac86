import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FilterFieldsDto, listFields, toFilterFieldsDto } from '@parley/kernel/filter';
import { Operation } from '@parley/kernel/http';
import { CONVERSATION_FILTER_FIELDS } from './conversation-fields.js';
import { FILTER_ALIASES_DESCRIPTION } from './filter-aliases.js';

/** Fields of conversation filters. */
@ApiTags('Conversations')
@Controller('v1/conversations/fields')
export class ConversationFieldsController {
  @Get()
  @Operation({
    summary: 'List fields of conversation filters',
    description:
      'Returns every field that conversation filters and saved views can use, with its type, operators and allowed ' +
      `values. ${FILTER_ALIASES_DESCRIPTION}`,
    access: 'conversations:read',
    response: { raw: FilterFieldsDto },
  })
  list(): FilterFieldsDto {
    return toFilterFieldsDto(listFields(CONVERSATION_FILTER_FIELDS, 'sql'));
  }
}
