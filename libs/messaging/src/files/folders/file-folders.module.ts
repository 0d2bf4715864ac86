import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileFolderEntity } from './file-folder.entity.js';
import { FileFoldersController } from './file-folders.controller.js';
import { FileFoldersRepository } from './file-folders.repository.js';
import { FileFoldersService } from './file-folders.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([FileFolderEntity])],
  controllers: [FileFoldersController],
  providers: [FileFoldersRepository, FileFoldersService],
  exports: [FileFoldersRepository],
})
export class FileFoldersModule {}
