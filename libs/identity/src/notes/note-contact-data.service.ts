import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactDataOwner, MergeReceipt } from '../contact-data/contact-data-owner.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactNotesRepository } from './contact-notes.repository.js';

interface NotesReceipt extends MergeReceipt {
  /** Previous contact ID of each note. */
  readonly notes: Readonly<Record<string, string>>;
}

/** Moves, exports and erases the notes of contacts. */
@Injectable()
export class NoteContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly notes: ContactNotesRepository,
    private readonly registry: ContactDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register('identity.notes', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<NotesReceipt> {
    return { notes: await this.notes.reassign(workspaceId, fromIds, toId) };
  }

  async restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.notes.restore(workspaceId, toId, (receipt as NotesReceipt).notes);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for (const { id, body, author, createdAt } of await this.notes.listAll(workspaceId, contactId))
      yield { kind: 'contact_note', id, body, author, created_at: createdAt };
  }

  async erase(workspaceId: string, contactId: string): Promise<void> {
    await this.notes.deleteAll(workspaceId, contactId);
  }
}
