import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, type Actor } from '../context/request-context.js';
import { EventRelayService } from './event-relay.service.js';

/** A signal that is relevant only at the moment, such as typing. */
export interface LiveSignal {
  readonly workspaceId: string;
  /** `<subject>.<activity>`. */
  readonly type: string;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** Postgres limits notifications to less than 8,000 bytes. */
const MAX_BYTES = 7_900;

/**
 * Sends signals to all clients that are connected to the event stream of any process. Signals are not stored and not
 * retried. They are lost while the connection between the processes is down.
 */
@Injectable()
export class LiveSignalsService {
  private readonly logger = new Logger(LiveSignalsService.name);

  constructor(
    private readonly relay: EventRelayService,
    private readonly clock: Clock,
  ) {}

  /** Sends a signal as the current actor. @throws RangeError if it exceeds the maximum size. */
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
    if (Buffer.byteLength(text) > MAX_BYTES) throw new RangeError(`A signal can have at most ${MAX_BYTES} bytes`);
    await this.relay
      .sendSignal(text)
      .catch((error: Error) => this.logger.warn(`Cannot send the signal ${type}: ${error.message}`));
  }

  /** Calls `listener` with every signal of any process. Returns a function that removes it. */
  onSignal(listener: (signal: LiveSignal) => void): () => void {
    return this.relay.onSignal((text) => listener(JSON.parse(text) as LiveSignal));
  }
}
