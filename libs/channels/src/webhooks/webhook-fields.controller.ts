import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FilterFieldsDto, listFields, toFilterFieldsDto } from '@parley/kernel/filter';
import { Operation } from '@parley/kernel/http';
import { WEBHOOK_FIELDS } from './webhook-filter.js';

/** Fields of webhook filters. */
@ApiTags('Webhooks')
@Controller('v1/webhooks/fields')
export class WebhookFieldsController {
  @Get()
  @Operation({
    summary: 'List fields of webhook filters',
    description:
      'Returns every field that the `filter` of a webhook can use, with its type, operators and allowed values.',
    access: 'webhooks:read',
    response: { raw: FilterFieldsDto },
  })
  list(): FilterFieldsDto {
    return toFilterFieldsDto(listFields(WEBHOOK_FIELDS, 'memory'));
  }
}
