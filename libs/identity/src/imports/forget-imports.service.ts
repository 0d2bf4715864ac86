import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { ImportsRepository } from './imports.repository.js';

/** Forgets imports, and the rows of theirs that failed, 30 days after they ended. */
@Injectable()
export class ForgetImports extends Forgetting {
  constructor(
    private readonly imports: ImportsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected forget(before: Date): Promise<void> {
    return this.imports.forget(before);
  }
}
