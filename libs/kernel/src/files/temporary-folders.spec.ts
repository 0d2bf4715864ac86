import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFolder, sweepTemporaryFolders } from './temporary-folders.js';

const HOUR_MS = 60 * 60_000;

describe('sweepTemporaryFolders', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'sweep-spec-'));
  });

  afterEach(async () => {
    await rm(parent, { recursive: true });
  });

  it('should delete only folders of Parley that are older than a day', async () => {
    const now = Date.now();
    const setAge = (folder: string, ms: number) => utimes(folder, new Date(now - ms), new Date(now - ms));
    const [recent, old] = [await createTemporaryFolder('upload', parent), await createTemporaryFolder('s3', parent)];
    await writeFile(join(old, 'upload'), 'content');
    await setAge(recent, 23 * HOUR_MS);
    await setAge(old, 25 * HOUR_MS);
    for (const name of ['other', 'parley-notes']) {
      await mkdir(join(parent, name));
      await setAge(join(parent, name), 1000 * HOUR_MS);
    }
    expect(await sweepTemporaryFolders(now, parent)).toBe(1);
    const kept = await readdir(parent);
    expect(kept.map((name) => name.replace(/upload-.*/, 'upload')).sort()).toEqual([
      'other',
      'parley-notes',
      'parley-upload',
    ]);
  });
});
