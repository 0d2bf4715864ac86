import type { FieldCatalogue } from './field-catalogue.js';
import { nearestName } from './nearest-name.js';

const EVENT_PREFIX = /^(?:previous|changed)\./;

/**
 * The field of a catalogue that an unknown name most likely means: one with a similar name (`statsu`), one with the
 * same last part (`body` for `message.body`), or a member of a family with a similar prefix (`custom_field.plan`).
 */
export function suggestField(name: string, catalogue: FieldCatalogue): string | undefined {
  const { names, declaration } = catalogue;
  const moment = declaration.events ? (EVENT_PREFIX.exec(name)?.[0] ?? '') : '';
  const field = name.slice(moment.length);
  const members = (declaration.families ?? []).flatMap(({ prefix, keys = [] }) => keys.map((key) => `${prefix}${key}`));
  const suggestion =
    nearestName(field, [...names, ...members]) ??
    [...names, ...members].find((candidate) => lastPart(candidate) === lastPart(field)) ??
    suggestMember(field, declaration.families?.map(({ prefix }) => prefix) ?? []);
  const isField = suggestion !== undefined && catalogue.resolve(`${moment}${suggestion}`) !== undefined;
  return isField ? `${moment}${suggestion}` : undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** Tries every dot of the name as the end of the prefix, the first one first. */
function suggestMember(name: string, prefixes: readonly string[]): string | undefined {
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const prefix = nearestName(name.slice(0, dot + 1), prefixes);
    const key = name.slice(dot + 1);
    if (prefix !== undefined && key !== '') return `${prefix}${key}`;
  }
  return undefined;
}
