import { Module } from '@nestjs/common';
import { SandboxesRepository } from './sandboxes.repository.js';
import { SandboxesService } from './sandboxes.service.js';

@Module({
  providers: [SandboxesRepository, SandboxesService],
  exports: [SandboxesService],
})
export class SandboxesModule {}
