import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** Starts a mail server that stores each received mail as a file in the folder. Resolves to `{ url, stop }`. */
export async function startMailServer(folder) {
  await mkdir(folder);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => void storeMail(folder, stream).then(() => done(), done),
  });
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  server.server.unref();
  server.server.on('connection', (socket) => socket.unref());
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Renames the file into place, so that no incomplete mail is read. */
async function storeMail(folder, stream) {
  const file = path.join(folder, randomUUID());
  await writeFile(`${file}.part`, await text(stream));
  await rename(`${file}.part`, `${file}.eml`);
}
