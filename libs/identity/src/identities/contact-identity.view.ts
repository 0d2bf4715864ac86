/** What a contact is called in an inbox. */
export interface ContactIdentityView {
  readonly id: string;
  readonly contactId: string;
  readonly inboxId: string;
  readonly inboxName: string | null;
  /** What the channel of the inbox calls them, such as a telephone number or a chat's id. */
  readonly sourceId: string;
  readonly createdAt: string;
}
