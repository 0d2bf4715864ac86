import { startEventKernel } from './event-kernel.js';
import { publishNotes } from './test-events.js';
import { Recorder } from './recorder.js';

/**
 * A process of its own, to be killed: `node relay-process.js <database url> <text>`. Publishes a note, never ends the
 * handling of it, and says `handling` on its standard output once it stands in the middle.
 */
const [url, text] = process.argv.slice(2) as [string, string];
const app = await startEventKernel({ url, providers: [Recorder] });
app.get(Recorder).after = () => {
  process.stdout.write('handling\n');
  return new Promise(() => undefined);
};
await publishNotes(app, text);
