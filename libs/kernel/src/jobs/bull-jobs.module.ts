import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Queue } from 'bull';
import { BullConnections } from './bull-connections.js';
import { BullJobPublisher } from './bull-job-publisher.service.js';
import { BullJobRunner } from './bull-job-runner.service.js';
import { BullJobsService } from './bull-jobs.service.js';
import { BULL_QUEUES, bullQueueOptions, type BullPayload, type BullQueues } from './bull-queues.js';
import { declaredJobNames } from './define-job.js';
import { JobOutboxRepository } from './job-outbox.repository.js';
import { sharedJobProviders } from './shared-job-providers.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs } from './jobs.js';

/** Redis driver. Creates a queue for each job name and alias defined so far, so the domains must be imported first. */
@Module({})
export class BullJobsModule {
  static forRoot(redisUrl: string, options: JobsOptions): DynamicModule {
    const names = declaredJobNames();
    const connections = new BullConnections();
    return {
      module: BullJobsModule,
      imports: [
        DiscoveryModule,
        BullModule.forRoot(bullQueueOptions(redisUrl, options, connections)),
        BullModule.registerQueue(...names.map((name) => ({ name }))),
      ],
      providers: [
        ...sharedJobProviders(options),
        {
          provide: BULL_QUEUES,
          useFactory: (...queues: Queue<BullPayload>[]): BullQueues =>
            new Map(queues.map((queue, index) => [names[index]!, queue])),
          inject: names.map((name) => getQueueToken(name)),
        },
        { provide: BullConnections, useValue: connections },
        JobOutboxRepository,
        BullJobPublisher,
        BullJobRunner,
        BullJobsService,
        { provide: Jobs, useExisting: BullJobsService },
      ],
      exports: [Jobs],
    };
  }
}
