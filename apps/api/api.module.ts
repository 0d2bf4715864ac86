import { Module, type DynamicModule } from '@nestjs/common';
import { KernelModule, type KernelOptions } from '@parley/kernel';
import { DOMAINS } from '../domains.js';
import { SearchModule } from './search/search.module.js';

/** The API process: the kernel, all domains, and what is composed of them. */
@Module({})
export class ApiModule {
  static forRoot(options: KernelOptions): DynamicModule {
    return { module: ApiModule, imports: [KernelModule.forRoot(options), ...DOMAINS, SearchModule] };
  }
}
