import { startEventKernel } from './event-kernel.js';
import { publishNotes } from './test-events.js';
import { Recorder } from './recorder.js';

/**
 * A separate process that a test kills: `node relay-process.js <database url> <text>`. Publishes a note, whose handler
 * never returns, and writes `handling` to its standard output while the handler runs.
 */
const [url, text] = process.argv.slice(2) as [string, string];
const app = await startEventKernel({ url, providers: [Recorder] });
app.get(Recorder).after = () => {
  process.stdout.write('handling\n');
  return new Promise(() => undefined);
};
await publishNotes(app, text);
