import { Global, Module, type DynamicModule, type INestApplicationContext, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock, SystemClock } from '../../clock/clock.js';
import { dataSourceOptions } from '../../database/data-source.js';
import { DATABASE_URL } from '../../database/database-url.js';
import { Database } from '../../database/database.js';
import { RowSecurityService } from '../../database/row-security.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Jobs } from '../../jobs/jobs.js';
import { TimerRunner } from '../../timers/timer-runner.service.js';
import { Timers } from '../../timers/timers.js';
import { TimersRepository } from '../../timers/timers.repository.js';
import { DeadLettersRepository } from '../dead-letters.repository.js';
import { DeadLettersService } from '../dead-letters.service.js';
import { EventRelayService } from '../event-relay.service.js';
import { Events } from '../events.js';
import { EventsRepository } from '../events.repository.js';
import { RELAY_OPTIONS, type RelayOptions } from '../relay-options.js';
import { HandlerFinder, SubscriberRegistry } from '../subscriber-registry.js';
import { SubscriberRunnerFactory } from '../subscriber-runner-factory.service.js';
import { SubscriptionsRepository } from '../subscriptions.repository.js';
import { WorkspaceCacheRegistry } from '../workspace-cache-registry.service.js';

const SERVICES = [
  Database,
  UnitOfWork,
  RowSecurityService,
  HandlerFinder,
  SubscriberRegistry,
  SubscriptionsRepository,
  SubscriberRunnerFactory,
  EventsRepository,
  Events,
  WorkspaceCacheRegistry,
  EventRelayService,
  DeadLettersRepository,
  DeadLettersService,
  TimersRepository,
  Timers,
  TimerRunner,
];

/** Options of a process under test. */
export interface EventKernelOptions {
  readonly url: string;
  /** Subscribers and timer handlers. */
  readonly providers?: readonly Provider[];
  readonly relay?: Partial<RelayOptions>;
  readonly clock?: Clock;
}

@Global()
@Module({})
class TestKernelModule {
  static forRoot({ url, providers = [], relay, clock = new SystemClock() }: EventKernelOptions): DynamicModule {
    return {
      module: TestKernelModule,
      imports: [DiscoveryModule, TypeOrmModule.forRoot({ ...dataSourceOptions(url, 12), retryAttempts: 0 })],
      providers: [
        { provide: DATABASE_URL, useValue: url },
        {
          provide: RELAY_OPTIONS,
          useValue: {
            runSubscribers: true,
            pollMs: 50,
            retryPausesMs: [5, 5],
            maxTransactions: 4,
            ...relay,
          } satisfies RelayOptions,
        },
        { provide: Clock, useValue: clock },
        { provide: Jobs, useValue: null },
        ...SERVICES,
        ...providers,
      ],
    };
  }
}

/** Starts a process with only the event log, its subscribers and the timers of the kernel, with short pauses. */
export function startEventKernel(options: EventKernelOptions): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(
    { module: class Root {}, imports: [TestKernelModule.forRoot(options)] },
    { logger: false },
  );
}
