import type { INestApplicationContext } from '@nestjs/common';
import { runInContext, systemContext } from '../../context/request-context.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { newId } from '../../ids/ids.js';
import { DomainEvent, type RecordedEvent } from '../domain-event.js';
import { Events } from '../events.js';
import { EventsRepository } from '../events.repository.js';

/** An event for tests. */
export class NoteCreated extends DomainEvent<{ readonly text: string }> {
  static readonly type: string = 'note.created';
}

/** Another event, which subscribers of {@link NoteCreated} do not receive. */
export class WhisperCreated extends DomainEvent<{ readonly text: string }> {
  static readonly type: string = 'whisper.created';
}

/** The workspace of all notes. */
export const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';

/** The subject of all notes, so that they are delivered in order. */
export const SUBJECT = '0190b6a1-7c00-7000-8000-000000000002';

const ADD_EFFECT = statement(
  'testing.add-effect',
  'insert into effects (subscriber, position, text) values ($1, $2, $3)',
);
const EFFECTS = statement('testing.effects', 'select text from effects where subscriber = $1 order by n');

/** The table that test handlers write to. */
export const EFFECTS_TABLE =
  'create table effects (n bigint generated always as identity, subscriber text, position bigint, text text)';

/** Inserts the row with which a handler of this subscriber records an event. */
export async function addEffect(
  database: Database,
  subscriber: string,
  event: RecordedEvent<{ text: string }>,
): Promise<void> {
  await database.execute(ADD_EFFECT, [subscriber, event.position, event.data.text]);
}

/** The texts of the committed effects of one subscriber, in commit order. */
export async function listEffects(app: INestApplicationContext, subscriber: string): Promise<string[]> {
  return (await app.get(Database).rows<{ text: string }>(EFFECTS, [subscriber])).map(({ text }) => text);
}

/** Appends notes one after the other, each in its own unit of work. */
export async function publishNotes(app: INestApplicationContext, ...texts: string[]): Promise<void> {
  for (const text of texts) await publish(app, new NoteCreated(SUBJECT, { text }, WORKSPACE));
}

/** Appends events in one unit of work and returns their IDs. */
export function publish(app: INestApplicationContext, ...events: DomainEvent[]): Promise<string[]> {
  return runInContext(systemContext(`request-${newId()}`), () =>
    app.get(UnitOfWork).run(async () => events.map((event) => app.get(Events).append(event))),
  );
}

/** All events in the log, oldest first. */
export function readLog(app: INestApplicationContext): Promise<RecordedEvent<{ text: string }>[]> {
  return app.get(EventsRepository).listBetween(0, Number.MAX_SAFE_INTEGER, null, 10_000) as Promise<
    RecordedEvent<{ text: string }>[]
  >;
}
