import '../identity.scopes.js';
import { Module } from '@nestjs/common';
import { AttributesModule } from '../attributes/attributes.module.js';
import { DeletedNamesModule } from '../deleted-names/deleted-names.module.js';
import { IdentityReferencesRepository } from './identity-references.repository.js';
import { IdentityReferencesService } from './identity-references.service.js';

@Module({
  imports: [AttributesModule, DeletedNamesModule],
  providers: [IdentityReferencesRepository, IdentityReferencesService],
})
export class IdentityReferencesModule {}
