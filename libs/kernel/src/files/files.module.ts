import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { SecretsRepository } from '../auth/secrets.repository.js';
import type { Settings } from '../config/settings.js';
import { FileDeliveryService } from './file-delivery.service.js';
import { FileIngestService } from './file-ingest.service.js';
import { FileStorage } from './file-storage.js';
import { LocalFileStorage } from './local-file-storage.js';
import { FILE_URL_SECRET, FileUrlSigner } from './file-url-signer.service.js';

/** What the choice of a storage depends on. */
export type FilesSettings = Pick<Settings, 'home' | 's3'>;

const SERVICES = [FileIngestService, FileDeliveryService, FileUrlSigner];

/**
 * Provides `FileStorage` (in a bucket when one is set, else under `<home>/files`) and what stands on it. Needs
 * `SecretsRepository`, `UnitOfWork`, `Clock` and the settings from a global module.
 */
@Module({})
export class FilesModule {
  static forRoot(settings: FilesSettings): DynamicModule {
    return {
      module: FilesModule,
      providers: [
        { provide: FileStorage, useFactory: () => createStorage(settings) },
        {
          provide: FILE_URL_SECRET,
          useFactory: (secrets: SecretsRepository) => secrets.getOrCreate('file-urls'),
          inject: [SecretsRepository],
        },
        ...SERVICES,
      ],
      exports: [FileStorage, ...SERVICES],
    };
  }
}

async function createStorage({ home, s3 }: FilesSettings): Promise<FileStorage> {
  if (s3 === null) return new LocalFileStorage(join(home, 'files'));
  // The client of S3 is large; who keeps files on the disk does not load it.
  const { S3FileStorage } = await import('./s3-file-storage.js');
  return new S3FileStorage(s3);
}
