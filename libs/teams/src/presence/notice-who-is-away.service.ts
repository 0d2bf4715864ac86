import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { Presence } from './presence.service.js';

const EVERY_MS = 10_000;
/** Milliseconds after their last call that a member who holds no stream of events open counts as there. */
const THERE_MS = 120_000;

/** Notices members who have gone away. Several processes may look at once: each member is noticed by one. */
@Injectable()
export class NoticeWhoIsAway extends Housekeeping {
  constructor(
    private readonly presence: Presence,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS);
  }

  protected tidy(): Promise<void> {
    return this.presence.gone(new Date(this.clock.now().getTime() - THERE_MS));
  }
}
