import { WaybillError } from '../core/errors.ts';

/** How many rows a run may reject before it stops. */
export class RejectBudget {
  private used: number;
  private readonly max: number;

  /** @param used rejects of parts that an earlier session of the run loaded. */
  constructor(max: number, used = 0) {
    this.max = max;
    this.used = used;
  }

  /** Asks whether that many more would still do, without spending them. @throws WaybillError 'too-many-rejects'. */
  check(count: number, subject: string): void {
    if (this.used + count <= this.max) return;
    throw new WaybillError(
      'too-many-rejects',
      `${this.used + count} rows were rejected, the last of them in ${subject}; --max-rejects allows ${this.max}.`,
      {
        hint: 'Look at the causes in the run folder under records/, then go on with a higher --max-rejects.',
      },
    );
  }

  spend(count: number, subject: string): void {
    this.check(count, subject);
    this.used += count;
  }
}
