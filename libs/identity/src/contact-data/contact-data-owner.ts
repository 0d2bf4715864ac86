/** Data that a service needs to undo a merge, as plain JSON. */
export type MergeReceipt = Readonly<Record<string, unknown>>;

/**
 * A service that stores data of contacts and takes part in merges, exports and erasures. All methods except `export`
 * run in the transaction of the merge, its undo or the erasure.
 */
export interface ContactDataOwner {
  /** Moves all data of some contacts to another contact. Returns the receipt for {@link restore}. */
  reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<MergeReceipt>;
  /** Undoes {@link reassign}. Data that was moved and still belongs to the target moves back; later data stays. */
  restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void>;
  /** All data of a contact as JSON objects with a `kind` each. Large data is read in pages. */
  export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Deletes all data that identifies the contact, and the contents of their messages. */
  erase(workspaceId: string, contactId: string): Promise<void>;
}
