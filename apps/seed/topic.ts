/** Texts of conversations about one topic. `{order}` stands for the order number. */
export interface Topic {
  readonly subject: string;
  readonly tags: readonly string[];
  /** First message of the contact. */
  readonly question: string;
  readonly answer: string;
  /** Further message of the contact. */
  readonly followUp: string;
  /** Internal note. */
  readonly note: string;
}
