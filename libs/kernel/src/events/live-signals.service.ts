import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, type Actor } from '../context/request-context.js';
import { EventRelayService } from './event-relay.service.js';

/** Something that matters only while it happens, such as typing. */
export interface LiveSignal {
  readonly workspaceId: string;
  /** `<subject>.<what it does>`. */
  readonly type: string;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** Postgres takes notifications of less than 8,000 bytes. */
const MAX_BYTES = 7_900;

/**
 * What is told to whoever is connected to the stream of events, in every process, and to nobody else: never stored, never retried, and lost
 * when the connection between the processes is.
 */
@Injectable()
export class LiveSignalsService {
  private readonly logger = new Logger(LiveSignalsService.name);

  constructor(
    private readonly relay: EventRelayService,
    private readonly clock: Clock,
  ) {}

  /** Tells of something, as whoever acts. @throws RangeError when it is larger than a signal can be. */
  async send(workspaceId: string, type: string, subjectId: string, data: LiveSignal['data']): Promise<void> {
    const signal: LiveSignal = {
      workspaceId,
      type,
      subjectId,
      actor: currentActor(),
      data,
      occurredAt: this.clock.now().toISOString(),
    };
    const text = JSON.stringify(signal);
    if (Buffer.byteLength(text) > MAX_BYTES) throw new RangeError(`A signal has at most ${MAX_BYTES} bytes`);
    await this.relay
      .sendSignal(text)
      .catch((error: Error) => this.logger.warn(`${type} was not told: ${error.message}`));
  }

  /** Calls `listener` with every signal of any process. Gives the way to stop it. */
  onSignal(listener: (signal: LiveSignal) => void): () => void {
    return this.relay.onSignal((text) => listener(JSON.parse(text) as LiveSignal));
  }
}
