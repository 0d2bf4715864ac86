import { describeFilterLanguage, type FieldDefinition } from '@parley/kernel/filter';
import { BEHAVIOUR_FIELDS, BEHAVIOUR_FIELDS_DESCRIPTION } from './contact-behaviour-fields.js';
import { CONTACT_FIELDS } from './contact-filter-fields.js';

function describeField({ name, values }: FieldDefinition): string {
  return `\`${name}\`${values ? ` (${values.join(', ')})` : ''}`;
}

function buildLines(): string[] {
  const { fields, families = [] } = CONTACT_FIELDS.declaration;
  const behaviour = new Set(BEHAVIOUR_FIELDS.map(({ name }) => name));
  const types = describeFilterLanguage().types.map(({ name, operators }) => {
    const names = fields.filter((field) => field.type === name && !behaviour.has(field.name)).map(describeField);
    return {
      names,
      operators: operators.filter((operator) => !operator.startsWith('changed')).map((operator) => `\`${operator}\``),
      type: name,
    };
  });
  return [
    ...types
      .filter(({ names }) => names.length > 0)
      .map(
        ({ type, names, operators }) =>
          `- ${type === 'text_list' ? 'list of strings' : type}: ${names.join(', ')}; with ${operators.join(', ')}`,
      ),
    `- behaviour: ${BEHAVIOUR_FIELDS_DESCRIPTION}`,
    ...families.map(
      ({ prefix, description }) => `- \`${prefix}<key>\`: ${description} Uses the operators of the value's type.`,
    ),
  ];
}

/** Fields and operators of contact filters, as Markdown for the API documentation. */
export const CONTACT_FILTER_DESCRIPTION = `Fields of a filter:\n\n${buildLines().join('\n')}`;
