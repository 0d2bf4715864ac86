import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { RecordedEvent } from '../domain-event.js';
import { Subscribe } from '../subscribe.js';
import { addEffect, NoteCreated } from './test-events.js';

/** ID of the {@link Recorder}. */
export const RECORDER = 'testing.recorder';

type Step = (event: RecordedEvent<{ text: string }>) => void | Promise<void>;

/** A subscriber that inserts one row for each note and records the text of each call. */
@Injectable()
export class Recorder {
  readonly receivedTexts: string[] = [];
  /** The texts of the upcoming events of each call. */
  readonly upcomingTexts: string[][] = [];
  /** Runs before the row is inserted. */
  before: Step = () => undefined;
  /** Runs after the row is inserted, in the same transaction. */
  after: Step = () => undefined;

  constructor(private readonly database: Database) {}

  @Subscribe([NoteCreated], { id: RECORDER, from: 'start' })
  async record(
    event: RecordedEvent<{ text: string }>,
    upcoming: readonly RecordedEvent<{ text: string }>[],
  ): Promise<void> {
    this.receivedTexts.push(event.data.text);
    this.upcomingTexts.push(upcoming.map(({ data }) => data.text));
    await this.before(event);
    await addEffect(this.database, RECORDER, event);
    await this.after(event);
  }
}
