import { Module, type DynamicModule } from '@nestjs/common';
import { KernelModule, type KernelOptions } from '@parley/kernel';
import { DOMAINS } from '../domains.js';

/** The API process: the kernel and all domains. */
@Module({})
export class ApiModule {
  static forRoot(options: KernelOptions): DynamicModule {
    return { module: ApiModule, imports: [KernelModule.forRoot(options), ...DOMAINS] };
  }
}
