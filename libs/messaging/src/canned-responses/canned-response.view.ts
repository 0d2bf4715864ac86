import type { Audience } from '../sharing/audience.js';
import type { PreparedType } from '../templates/templates.js';

/** A text that is written once and said often. */
export interface CannedResponseView extends Audience {
  readonly id: string;
  /** Who made it; null when a service did. */
  readonly ownerId: string | null;
  readonly team: { readonly id: string; readonly name: string | null } | null;
  /** What it is called up by. */
  readonly shortcut: string;
  /** Liquid. */
  readonly content: string;
  readonly contentType: PreparedType;
  readonly attachmentIds: readonly string[];
  readonly usageCount: number;
  readonly lastUsedAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What can be set about a canned response. */
export type CannedResponseFields = Pick<CannedResponseView, 'visibility' | 'teamId' | 'shortcut' | 'content' | 'contentType' | 'attachmentIds'>;

/** Which canned responses to list. */
export interface CannedResponsesFilter {
  readonly q?: string;
  readonly visibility?: readonly string[];
  readonly teamId?: string;
}
