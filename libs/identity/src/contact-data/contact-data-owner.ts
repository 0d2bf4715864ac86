/** What a domain remembers of a merge, to be able to take it back: plain JSON. */
export type MergeReceipt = Readonly<Record<string, unknown>>;

/**
 * What one part of the house keeps about contacts, and what it does when contacts become one or are forgotten. All of
 * it runs in the transaction of the merge, its undo or the erasure, so everything happens or nothing does.
 */
export interface ContactDataOwner {
  /** Gives all that these contacts have to another; the receipt is what {@link restore} needs. */
  reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<MergeReceipt>;
  /** Undoes a {@link reassign}: what was given away and still is the target's goes back; what came later stays. */
  restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void>;
  /** All that is kept about a contact, as JSON objects with a `kind` each; large amounts in pieces. */
  export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Forgets whatever tells who the contact was or what they said. */
  erase(workspaceId: string, contactId: string): Promise<void>;
}
