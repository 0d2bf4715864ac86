/** Action that is scheduled for a time. */
export interface Timer {
  readonly workspaceId: string;
  /** Kind, which selects the handler, for example `messaging.unsnooze`. */
  readonly kind: string;
  /**
   * Identifies the timer within its kind, usually the ID of the subject. Setting a timer with the same key moves it.
   */
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly dueAt: Date;
}
