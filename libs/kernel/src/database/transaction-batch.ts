import { transactions, type Transaction } from './transaction.js';

/**
 * Rows that are written together by one statement, which travels with the commit of the current transaction. A rollback
 * to a savepoint drops the rows added since.
 */
export class TransactionBatch<Row> {
  private readonly key: symbol;

  constructor(
    name: string,
    /** Sends the statement. */
    private readonly write: (rows: readonly Row[]) => Promise<unknown>,
    /** Called after the commit. */
    private readonly onCommit?: (rows: readonly Row[]) => void,
  ) {
    this.key = Symbol(name);
  }

  /** The rows added in the current transaction; empty outside of one. They are not in the database yet. */
  get rows(): readonly Row[] {
    return (transactions.getStore()?.state.get(this.key) as Row[] | undefined) ?? [];
  }

  /** @throws Error outside of a unit of work, because the row would never be written. */
  add(row: Row): void {
    const transaction = transactions.getStore();
    if (!transaction) throw new Error(`${this.key.description} requires a unit of work`);
    const rows = (transaction.state.get(this.key) as Row[] | undefined) ?? this.start(transaction);
    rows.push(row);
  }

  private start(transaction: Transaction): Row[] {
    const rows: Row[] = [];
    transaction.state.set(this.key, rows);
    transaction.withCommit.push(() => this.write(rows));
    const { onCommit } = this;
    if (onCommit) transaction.afterCommit.push(() => onCommit(rows));
    return rows;
  }
}
