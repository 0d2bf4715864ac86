import type { TimeRange } from '@parley/kernel/pagination';
import type { SharedView } from '../visibility/visibility.js';
import type { TemplateContentType } from '../templates/templates.js';

/** Reusable message text. */
export interface CannedResponseView extends SharedView {
  /** Word that inserts the response in a composer. */
  readonly shortcut: string;
  /** Liquid template. */
  readonly content: string;
  readonly contentType: TemplateContentType;
  readonly attachmentIds: readonly string[];
  readonly usageCount: number;
  readonly lastUsedAt: string | null;
}

/** Writable fields of a canned response. */
export type CannedResponseInput = Pick<
  CannedResponseView,
  'visibility' | 'teamId' | 'shortcut' | 'content' | 'contentType' | 'attachmentIds'
>;

/** Filter of the list of canned responses. */
export interface CannedResponsesFilter extends TimeRange {
  readonly q?: string;
  readonly visibility?: readonly string[];
  /** Team ids; `null` matches responses without a team. */
  readonly teams?: readonly (string | null)[];
}
