import { Module, type DynamicModule } from '@nestjs/common';
import { KernelModule, type KernelOptions } from '@parley/kernel';
import { DOMAINS } from '../domains.js';

/** The worker process: all domains without HTTP, for the event relay, timers and jobs. */
@Module({})
export class WorkerModule {
  static forRoot(options: KernelOptions): DynamicModule {
    return { module: WorkerModule, imports: [KernelModule.forRoot(options), ...DOMAINS] };
  }
}
