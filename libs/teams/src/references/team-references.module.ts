import '../teams.scopes.js';
import { Module } from '@nestjs/common';
import { TeamReferencesRepository } from './team-references.repository.js';

@Module({ providers: [TeamReferencesRepository] })
export class TeamReferencesModule {}
