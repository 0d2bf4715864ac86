import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { SecretsRepository } from '../auth/secrets.repository.js';
import type { Settings } from '../config/settings.js';
import { FileDeliveryService } from './file-delivery.service.js';
import { FileIngestService } from './file-ingest.service.js';
import { FileStorage } from './file-storage.js';
import { LocalFileStorage } from './local-file-storage.js';
import { TemporaryFolderSweeper } from './temporary-folder-sweeper.service.js';
import { FILE_URL_SECRET, FileUrlSigner } from './file-url-signer.service.js';

/** Settings that select the storage. */
export type FilesSettings = Pick<Settings, 'home' | 's3'>;

const SERVICES = [FileIngestService, FileDeliveryService, FileUrlSigner];

/**
 * Provides `FileStorage` (a bucket if one is configured, otherwise `<home>/files`) and the services that use it.
 * Requires `SecretsRepository`, `UnitOfWork`, `Clock` and the settings from a global module.
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
        TemporaryFolderSweeper,
      ],
      exports: [FileStorage, ...SERVICES],
    };
  }
}

async function createStorage({ home, s3 }: FilesSettings): Promise<FileStorage> {
  if (s3 === null) return new LocalFileStorage(join(home, 'files'));
  // The S3 client is large, so it is loaded only if it is used.
  const { S3FileStorage } = await import('./s3-file-storage.js');
  return new S3FileStorage(s3);
}
