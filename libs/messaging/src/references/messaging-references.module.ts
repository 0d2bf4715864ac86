import '../messaging.scopes.js';
import { Module } from '@nestjs/common';
import { MessagingReferencesRepository } from './messaging-references.repository.js';

@Module({ providers: [MessagingReferencesRepository] })
export class MessagingReferencesModule {}
