/** User who follows a conversation. */
export interface ParticipantView {
  readonly userId: string;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** Time the user was added; ISO 8601. */
  readonly createdAt: string;
}
