import type { FieldNaming, FieldPath } from './field-path.js';

/** The field that an error is about, in a {@link sentence}. */
export const THE_FIELD: FieldPath = [];

/** A sentence that names fields. Each contract puts its own names into it. */
export class FieldSentence {
  constructor(private readonly parts: readonly (string | FieldPath)[]) {}

  /** The text with the names of a contract. `path` is the field that the error is about. */
  render(path: FieldPath, nameOf: FieldNaming): string {
    return this.parts
      .map((part) => (typeof part === 'string' ? part : nameOf(part === THE_FIELD ? path : part)))
      .join('');
  }

  /** The same sentence about other fields. */
  mapPaths(map: (path: FieldPath) => FieldPath): FieldSentence {
    return new FieldSentence(
      this.parts.map((part) => (typeof part === 'string' || part === THE_FIELD ? part : map(part))),
    );
  }
}

/**
 * Tag of templates for a sentence in an error. Paths are replaced by the names of the fields, other values are text:
 * `` sentence`Pass either ${['intoId']} or ${['conversationIds']}` ``.
 */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | FieldPath)[]
): FieldSentence {
  const parts: (string | FieldPath)[] = [];
  let text = '';
  texts.forEach((constant, index) => {
    text += constant;
    const value = values[index];
    if (typeof value !== 'object') text += value ?? '';
    else {
      parts.push(text, value);
      text = '';
    }
  });
  return new FieldSentence([...parts, text]);
}
