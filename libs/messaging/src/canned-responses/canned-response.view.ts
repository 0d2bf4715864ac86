import type { TimeRange } from '@parley/kernel/pagination';
import type { SharedView } from '../visibility/visibility.js';
import type { TemplateContentType } from '../templates/templates.js';

/** A text that is written once and said often. */
export interface CannedResponseView extends SharedView {
  /** What it is called up by. */
  readonly shortcut: string;
  /** Liquid. */
  readonly content: string;
  readonly contentType: TemplateContentType;
  readonly attachmentIds: readonly string[];
  readonly usageCount: number;
  readonly lastUsedAt: string | null;
}

/** What can be set about a canned response. */
export type CannedResponseInput = Pick<
  CannedResponseView,
  'visibility' | 'teamId' | 'shortcut' | 'content' | 'contentType' | 'attachmentIds'
>;

/** Which canned responses to list. */
export interface CannedResponsesFilter extends TimeRange {
  readonly q?: string;
  readonly visibility?: readonly string[];
  /** Ids; `null` among them stands for none. */
  readonly teams?: readonly (string | null)[];
}
