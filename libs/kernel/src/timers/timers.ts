import { Injectable, SetMetadata } from '@nestjs/common';
import { TimersRepository } from './timers.repository.js';

/** Something that is to happen at a time. */
export interface Timer {
  readonly workspaceId: string;
  /** Which handler fires, for example `messaging.unsnooze`. */
  readonly kind: string;
  /** What the timer is for, usually the subject's id: setting it again moves it. */
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly dueAt: Date;
}

/** Metadata key of {@link OnTimer}. */
export const TIMER_HANDLER = 'parley.timer';

/**
 * Calls the method when a timer of this kind is due, in a unit of work that also removes the timer: its database
 * effects happen exactly once. A method that keeps failing is retried and then parked in `kernel.dead_letters`.
 */
export function OnTimer(kind: string): MethodDecorator {
  return SetMetadata(TIMER_HANDLER, kind);
}

/** Sets and cancels timers, in the unit of work of the change that calls for them. */
@Injectable()
export class Timers {
  constructor(private readonly repository: TimersRepository) {}

  /** Sets a timer; one of the same kind and key is moved. A time in the past fires at once. */
  set(timer: Timer): Promise<void> {
    return this.repository.set(timer);
  }

  /** Takes a timer back; nothing happens when there is none. */
  cancel(workspaceId: string, kind: string, key: string): Promise<void> {
    return this.repository.cancel(workspaceId, kind, key);
  }
}
