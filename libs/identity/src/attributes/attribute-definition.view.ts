import type { TimeRange } from '@parley/kernel/pagination';

/** What a defined field can be on. */
export const ATTRIBUTE_SUBJECTS = ['contact', 'company', 'conversation', 'ticket'] as const;
export type AttributeSubject = (typeof ATTRIBUTE_SUBJECTS)[number];

/** What a defined field can hold. */
export const ATTRIBUTE_TYPES = ['text', 'number', 'date', 'list', 'checkbox', 'link', 'currency'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** What one of the fields in `custom_fields` is, and may hold. */
export interface AttributeDefinitionView {
  readonly id: string;
  readonly appliesTo: AttributeSubject;
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  readonly type: AttributeType;
  /** What a list is chosen from. */
  readonly options: readonly string[];
  /** RE2; what a text must have in it. */
  readonly regex: string | null;
  /** What the pattern asks for, in words. */
  readonly regexHint: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What of a definition can be changed. */
export type UpdateAttributeDefinitionInput = Partial<
  Pick<AttributeDefinitionView, 'label' | 'description' | 'options' | 'regex' | 'regexHint'>
>;

/** A definition to make. */
export type CreateAttributeDefinitionInput = Pick<
  AttributeDefinitionView,
  'appliesTo' | 'key' | 'label' | 'description' | 'type' | 'options' | 'regex' | 'regexHint'
>;

/** Which definitions to list. */
export interface AttributeDefinitionsFilter extends TimeRange {
  /** Fields on any of these. */
  readonly appliesTo?: readonly string[];
}
