import { createHash } from 'node:crypto';

const PALETTE = [
  '#ef4444',
  '#f97316',
  '#f59e0b',
  '#84cc16',
  '#10b981',
  '#14b8a6',
  '#0ea5e9',
  '#3b82f6',
  '#6366f1',
  '#8b5cf6',
  '#d946ef',
  '#ec4899',
  '#64748b',
] as const;

/** Returns the default color of a tag, which is always the same for the same name. */
export function defaultTagColor(name: string): string {
  const [first] = createHash('sha256').update(name).digest();
  return PALETTE[first! % PALETTE.length]!;
}
