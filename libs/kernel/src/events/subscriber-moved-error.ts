/** Another process moved the lane of a subscriber. */
export class SubscriberMovedError extends Error {
  constructor(cause: unknown) {
    super('another process moved the lane', { cause });
  }
}
