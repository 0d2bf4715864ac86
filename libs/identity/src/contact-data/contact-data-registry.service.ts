import { Injectable } from '@nestjs/common';
import type { ContactDataOwner } from './contact-data-owner.js';

/** Registry of all services that store data of contacts. Services are called in the order of their registration. */
@Injectable()
export class ContactDataRegistry {
  private readonly owners = new Map<string, ContactDataOwner>();

  /**
   * Registers a service under a permanent name: the receipts of merges are stored under it. Call this in
   * `onModuleInit`.
   * @throws Error if the name is taken.
   */
  register(name: string, owner: ContactDataOwner): void {
    if (this.owners.has(name)) throw new Error(`A contact data owner named ${name} is already registered`);
    this.owners.set(name, owner);
  }

  /** All registered services with their names. */
  all(): readonly (readonly [name: string, owner: ContactDataOwner])[] {
    return [...this.owners];
  }
}
