import type { TimeRange } from '@parley/kernel/pagination';

/** Resources whose custom fields can be defined. */
export const ATTRIBUTE_SUBJECTS = ['contact', 'company', 'conversation', 'ticket'] as const;
export type AttributeSubject = (typeof ATTRIBUTE_SUBJECTS)[number];

/** Types of custom fields. */
export const ATTRIBUTE_TYPES = ['text', 'number', 'date', 'list', 'checkbox', 'link', 'currency'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** The definition of one key of `custom_fields`. */
export interface AttributeDefinitionView {
  readonly id: string;
  readonly appliesTo: AttributeSubject;
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  readonly type: AttributeType;
  /** Allowed values of a list. */
  readonly options: readonly string[];
  /** RE2 pattern that matches anywhere in the text. */
  readonly regex: string | null;
  /** Error message for texts that do not match the pattern. */
  readonly regexHint: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type UpdateAttributeDefinitionInput = Partial<
  Pick<AttributeDefinitionView, 'label' | 'description' | 'options' | 'regex' | 'regexHint'>
>;

export type CreateAttributeDefinitionInput = Pick<
  AttributeDefinitionView,
  'appliesTo' | 'key' | 'label' | 'description' | 'type' | 'options' | 'regex' | 'regexHint'
>;

export interface AttributeDefinitionsFilter extends TimeRange {
  /** Resources to include. */
  readonly appliesTo?: readonly string[];
}
