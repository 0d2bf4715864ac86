import { Injectable, SetMetadata } from '@nestjs/common';
import type { Timer } from './timer.js';
import { TimersRepository } from './timers.repository.js';

/** Metadata key of {@link OnTimer}. */
export const TIMER_HANDLER = 'parley.timer';

/**
 * Calls the method when a timer of this kind is due, in a unit of work that also removes the timer: its database
 * effects happen exactly once. A method that keeps failing is retried and then parked in `kernel.dead_letters`.
 */
export function OnTimer(kind: string): MethodDecorator {
  return SetMetadata(TIMER_HANDLER, kind);
}

/** Sets and cancels timers, in the unit of work of the change that requires them. */
@Injectable()
export class Timers {
  constructor(private readonly repository: TimersRepository) {}

  /** Sets a timer, or moves an existing one with the same kind and key. A time in the past fires at once. */
  set(timer: Timer): Promise<void> {
    return this.repository.set(timer);
  }

  /** Cancels a timer, if there is one. */
  cancel(workspaceId: string, kind: string, key: string): Promise<void> {
    return this.repository.cancel(workspaceId, kind, key);
  }
}
