import type { Type } from '@nestjs/common';
import { AnalyticsModule } from '@parley/analytics';
import { ChannelsModule } from '@parley/channels';
import { IdentityModule } from '@parley/identity';
import { KnowledgeModule } from '@parley/knowledge';
import { MessagingModule } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { WorkflowModule } from '@parley/workflow';

/** All domains, in the order of their layers. Every process runs all of them. */
export const DOMAINS: readonly Type[] = [
  TeamsModule,
  IdentityModule,
  MessagingModule,
  WorkflowModule,
  KnowledgeModule,
  ChannelsModule,
  AnalyticsModule,
];
