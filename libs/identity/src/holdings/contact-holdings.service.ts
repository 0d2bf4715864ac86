import { Injectable } from '@nestjs/common';
import type { ContactHoldings } from './contact-holdings.js';

/** Those who keep something about contacts. They are asked in the order in which they registered. */
@Injectable()
export class ContactHoldingsRegistry {
  private readonly holders = new Map<string, ContactHoldings>();

  /**
   * Makes a part of the house known, by a name that is for good: receipts are kept under it. Call it in `onModuleInit`.
   * @throws Error when the name is taken.
   */
  register(name: string, holdings: ContactHoldings): void {
    if (this.holders.has(name)) throw new Error(`Two parts hold ${name} of contacts`);
    this.holders.set(name, holdings);
  }

  /** Every holder with its name. */
  all(): readonly (readonly [name: string, holdings: ContactHoldings])[] {
    return [...this.holders];
  }
}
