import { Module, type DynamicModule } from '@nestjs/common';
import { KernelModule, type KernelOptions } from '@parley/kernel';
import { DOMAINS } from '../domains.js';

/** The same domains without HTTP: event relay, timers and job processors. */
@Module({})
export class WorkerModule {
  static forRoot(options: KernelOptions): DynamicModule {
    return { module: WorkerModule, imports: [KernelModule.forRoot(options), ...DOMAINS] };
  }
}
