import { transactions } from './transaction.js';

/**
 * Values kept until the current transaction ends; outside of a transaction none are. A rollback to a savepoint keeps the
 * values, so delete those that depend on changes of the transaction.
 */
export class TransactionCache<Value> {
  private readonly key: symbol;

  constructor(name: string) {
    this.key = Symbol(name);
  }

  get(id: string): Value | undefined {
    return this.values?.get(id);
  }

  set(id: string, value: Value): void {
    const transaction = transactions.getStore();
    if (transaction && !transaction.state.has(this.key)) transaction.state.set(this.key, new Map<string, Value>());
    this.values?.set(id, value);
  }

  /** Deletes the values that `matches` returns true for. */
  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [id, value] of this.values ?? []) if (matches(value)) this.values!.delete(id);
  }

  private get values(): Map<string, Value> | undefined {
    return transactions.getStore()?.state.get(this.key) as Map<string, Value> | undefined;
  }
}
