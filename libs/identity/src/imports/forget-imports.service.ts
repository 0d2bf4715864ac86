import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { ImportsRepository } from './imports.repository.js';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Forgets imports, and the rows of theirs that failed, 30 days after they ended. */
@Injectable()
export class ForgetImports extends Housekeeping {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected tidy(): Promise<void> {
    return this.imports.forget(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
