import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeletedNameEntity } from './deleted-name.entity.js';
import { DeletedNamesRepository } from './deleted-names.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([DeletedNameEntity])],
  providers: [DeletedNamesRepository],
  exports: [DeletedNamesRepository],
})
export class DeletedNamesModule {}
