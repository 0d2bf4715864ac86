import type { Client } from './client.js';
import { serverUrl } from './document.js';
import type { LoggedEvent } from './wire.js';

/** An event received from the stream. */
export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: LoggedEvent;
}

/** A connection to the event stream. */
export interface EventStream {
  /** Events received so far. */
  readonly events: readonly StreamedEvent[];
  readonly response: Response;
  /** True if the server has ended the stream. */
  readonly ended: boolean;
  close(): void;
}

function parse(block: string): StreamedEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return fields.has('data')
    ? { id: fields.get('id')!, event: fields.get('event')!, data: JSON.parse(fields.get('data')!) as LoggedEvent }
    : null;
}

/** Opens the event stream. Resolves when it is connected. */
export async function followEvents(
  client: Client,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const url = new URL(`/v1/events/stream?${new URLSearchParams(query)}`, serverUrl());
  const ending = new AbortController();
  const response = await fetch(url, { headers: { ...client.request().headers, ...headers }, signal: ending.signal });
  const events: StreamedEvent[] = [];
  const read = async (): Promise<void> => {
    let pending = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (pending + chunk).split('\n\n');
      pending = blocks.pop()!;
      events.push(...blocks.map(parse).filter((event) => event !== null));
    }
  };
  // Closing the stream intentionally aborts the read with an error.
  const stream = { events, response, ended: false, close: () => ending.abort() };
  if (response.ok)
    void read().then(
      () => (stream.ended = true),
      () => undefined,
    );
  return stream;
}
