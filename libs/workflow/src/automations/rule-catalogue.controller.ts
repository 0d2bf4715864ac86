import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { actionDefinitions } from '@parley/kernel/automation';
import { FilterFieldsDto, listFields, toFilterFieldsDto } from '@parley/kernel/filter';
import { Operation } from '@parley/kernel/http';
import { TEMPLATE_VARIABLE_DEFINITIONS } from '@parley/messaging';
import {
  ActionTypesDto,
  TemplateVariablesDto,
  toActionTypesDto,
  toTemplateVariablesDto,
} from './dto/rule-catalogue.dto.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';

/** Everything that rules can be composed of. */
@ApiTags('Automations')
@Controller('v1/automations')
export class RuleCatalogueController {
  constructor(private readonly subjects: RuleSubjectRegistry) {}

  @Get('fields')
  @Operation({
    summary: 'List fields of rules',
    description:
      'Returns every field that the `filter` of a rule can use, with its type, operators and allowed values. ' +
      '`previous.<field>` and `changed.<field>` refer to the change of the event.',
    access: 'automations:read',
    response: { raw: FilterFieldsDto },
  })
  listFields(): FilterFieldsDto {
    return toFilterFieldsDto(listFields(this.subjects.default.fields, 'memory'));
  }

  @Get('actions')
  @Operation({
    summary: 'List actions of rules',
    description:
      'Returns every action that a rule can run, with the JSON Schema of its parameters and the events it can cause.',
    access: 'automations:read',
    response: { raw: ActionTypesDto },
  })
  listActions(): ActionTypesDto {
    return toActionTypesDto(actionDefinitions());
  }

  @Get('variables')
  @Operation({
    summary: 'List variables of templates',
    description:
      'Returns every variable that the Liquid templates of rules, canned responses, quick replies and scheduled ' +
      'messages can use. A variable without a value is rendered as an empty text.',
    access: 'automations:read',
    response: { raw: TemplateVariablesDto },
  })
  listVariables(): TemplateVariablesDto {
    return toTemplateVariablesDto(TEMPLATE_VARIABLE_DEFINITIONS);
  }
}
