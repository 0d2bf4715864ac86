/** The ID of a contact in the channel of an inbox. */
export interface ContactIdentityView {
  readonly id: string;
  readonly contactId: string;
  readonly inboxId: string;
  readonly inboxName: string | null;
  /** ID in the channel, for example a phone number or a chat ID. */
  readonly sourceId: string;
  readonly createdAt: string;
}
