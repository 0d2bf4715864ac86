/** Conditions on conversations, and on the conversations of messages. */
export interface SearchFilter {
  readonly status?: readonly string[];
  /** ID of an inbox. */
  readonly inbox?: string;
  /** ID of a user. */
  readonly assignee?: string;
  /** ID of a contact. */
  readonly contact?: string;
  /** Lower bound of the creation time, inclusive, in ISO 8601. */
  readonly createdAfter?: string;
  /** Upper bound of the creation time, exclusive. */
  readonly createdBefore?: string;
}
