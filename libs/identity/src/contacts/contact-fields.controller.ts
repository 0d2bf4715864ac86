import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FilterFieldsDto, listFields, toFilterFieldsDto } from '@parley/kernel/filter';
import { Operation } from '@parley/kernel/http';
import { CONTACT_FIELDS } from './contact-filter-fields.js';

/** Fields of contact filters. */
@ApiTags('Contacts')
@Controller(['v1/contacts/fields', 'v1/customer-profiles/fields'])
export class ContactFieldsController {
  @Get()
  @Operation({
    summary: 'List fields of contact filters',
    description:
      'Returns every field that segments, and filters in lists, bulk updates and exports of contacts can use, with its ' +
      'type, operators and allowed values.',
    access: 'contacts:read',
    response: { raw: FilterFieldsDto },
  })
  listFields(): FilterFieldsDto {
    return toFilterFieldsDto(listFields(CONTACT_FIELDS, 'sql'));
  }
}
