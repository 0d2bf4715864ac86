import { Injectable } from '@nestjs/common';
import type { ContactDataOwner } from './contact-data-owner.js';

/** Those who keep something about contacts. They are asked in the order in which they registered. */
@Injectable()
export class ContactDataRegistry {
  private readonly owners = new Map<string, ContactDataOwner>();

  /**
   * Makes a part of the house known, by a name that is for good: receipts are kept under it. Call it in `onModuleInit`.
   * @throws Error when the name is taken.
   */
  register(name: string, owner: ContactDataOwner): void {
    if (this.owners.has(name)) throw new Error(`Two parts hold ${name} of contacts`);
    this.owners.set(name, owner);
  }

  /** Every holder with its name. */
  all(): readonly (readonly [name: string, holdings: ContactDataOwner])[] {
    return [...this.owners];
  }
}
