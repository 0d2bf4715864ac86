import pg from 'pg';

/**
 * Loaded into a server under measurement with `node --import`: counts the statements that the process sends, by name. A
 * message from the parent is answered with the counts since the last one.
 */
const counts = new Map<string, number>();

function nameOf(query: unknown): string {
  if (typeof query === 'string') return query.trimStart().split(/\s+/, 3).join(' ').toLowerCase();
  const { name, text } = query as { name?: string; text?: string };
  return name ?? (text === undefined ? 'other' : nameOf(text));
}

const client = pg.Client.prototype as unknown as { query(query: unknown, ...rest: unknown[]): unknown };
const send = client.query;
client.query = function (query, ...rest) {
  const name = nameOf(query);
  counts.set(name, (counts.get(name) ?? 0) + 1);
  return send.call(this, query, ...rest);
};

process.on('message', () => {
  process.send?.([...counts]);
  counts.clear();
});
process.channel?.unref();
