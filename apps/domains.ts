import type { Type } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';

/** Every domain, from the ground floor up: what each process is made of. */
export const DOMAINS: readonly Type[] = [TeamsModule];
