/** The current time. Injected, so that tests of time-dependent code do not have to wait. */
export abstract class Clock {
  /** Returns the current time. */
  abstract now(): Date;
}

/** The clock of the operating system. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
