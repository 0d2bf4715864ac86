/** A user who follows a conversation. */
export interface ParticipantView {
  readonly userId: string;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** Since when; ISO 8601. */
  readonly createdAt: string;
}
