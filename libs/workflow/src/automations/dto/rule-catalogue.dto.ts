import { actionSchema, type ActionDefinition } from '@parley/kernel/automation';
import {
  EnumField,
  IntegerField,
  JsonObjectField,
  NestedListField,
  StringField,
  StringListField,
} from '@parley/kernel/http';
import { TEMPLATE_VARIABLE_TYPES, type TemplateVariable } from '@parley/messaging';

/** An action that rules can run. */
export class ActionTypeDto {
  @StringField({ description: 'Type of the action.', example: 'add_tags' })
  type: string;

  @StringField({ description: 'Description of the action.', example: 'Adds tags.' })
  description: string;

  @StringListField({
    description: 'Types of the objects that the action can be run on.',
    example: ['conversation'],
  })
  subjects: string[];

  @JsonObjectField({
    description: 'JSON Schema of the action as it is sent in `actions`: the type and the parameters.',
    example: {
      type: 'object',
      required: ['type', 'tags'],
      additionalProperties: false,
      properties: { type: { type: 'string', enum: ['add_tags'] }, tags: { type: 'array', items: { type: 'string' } } },
    },
  })
  schema: object;

  @StringListField({ description: 'Names of the parameters that are Liquid templates.', example: [] })
  template_parameters: string[];

  @StringListField({
    description: 'Types of the events that the action can cause.',
    example: ['conversation.tagged'],
  })
  effects: string[];
}

/** All actions that rules can run. */
export class ActionTypesDto {
  @NestedListField(() => ActionTypeDto, { description: 'The action types.', maxItems: 1000 })
  data: ActionTypeDto[];

  @IntegerField({ description: 'Number of action types.', example: 17 })
  total: number;
}

/** Maps action definitions to the wire format. */
export function toActionTypesDto(definitions: readonly ActionDefinition[]): ActionTypesDto {
  const data = definitions.map((definition) => ({
    type: definition.type,
    description: definition.description,
    subjects: [...definition.subjects],
    schema: actionSchema(definition),
    template_parameters: [...definition.templateParameters],
    effects: [...definition.effects],
  }));
  return { data, total: data.length };
}

/** A variable that Liquid templates can use. */
export class TemplateVariableDto {
  @StringField({ description: 'Name of the variable.', example: 'contact.first_name' })
  name: string;

  @EnumField(TEMPLATE_VARIABLE_TYPES, {
    description: 'Type of the value. A `date` is an ISO 8601 time in UTC.',
    example: 'text',
  })
  type: string;

  @StringField({ description: 'Description of the variable.', example: "First word of the contact's name." })
  description: string;
}

/** All variables that Liquid templates can use. */
export class TemplateVariablesDto {
  @NestedListField(() => TemplateVariableDto, { description: 'The variables.', maxItems: 1000 })
  data: TemplateVariableDto[];

  @IntegerField({ description: 'Number of variables.', example: 28 })
  total: number;
}

/** Maps template variables to the wire format. */
export function toTemplateVariablesDto(variables: readonly TemplateVariable[]): TemplateVariablesDto {
  return { data: variables.map((item) => ({ ...item })), total: variables.length };
}
