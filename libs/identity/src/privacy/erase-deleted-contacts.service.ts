import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { ContactErasure } from './contact-erasure.service.js';

const HOUR_MS = 3_600_000;
const RESTORABLE_MS = 30 * 24 * HOUR_MS;

/** Erases contacts 30 days after they were deleted. */
@Injectable()
export class EraseDeletedContacts extends Housekeeping {
  constructor(
    private readonly erasure: ContactErasure,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected tidy(): Promise<void> {
    return this.erasure.eraseDeleted(new Date(this.clock.now().getTime() - RESTORABLE_MS));
  }
}
