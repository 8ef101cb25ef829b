import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isCalled } from '../../core/mapping/plan/selection.ts';
import { WaybillError } from '../../core/model/errors.ts';
import { pipelineArgument, type RejectLimit } from '../options.ts';
import type { RunContext } from '../run-context.ts';

/** The rows that a part adds to a budget. */
export interface Spent {
  readonly read: number;
  readonly rejected: number;
}

/** A percentage of few rows means nothing. Below this many rows of the table (or run), it is checked only at the end of the stage. */
const leastRead = 1000;

/** A limit, the mappings that it applies to, and the rows counted so far. */
interface LimitTally {
  readonly limit: RejectLimit;
  readonly mappings: ReadonlySet<string>;
  read: number;
  rejected: number;
}

/** Creates the budget of a run and counts the rows of parts that are done. */
export function budgetOf(
  { options, manifest, selected, folder }: Pick<RunContext, 'options' | 'manifest' | 'selected' | 'folder'>,
  done: readonly (Spent & { readonly mapping: string })[],
): RejectBudget {
  const budget = new RejectBudget(manifest.rejectLimits, selected, `${pipelineArgument(options)} --run ${folder.run}`);
  for (const { mapping, read, rejected } of done) budget.count(mapping, { read, rejected });
  return budget;
}

/**
 * The rows that a run may reject before it stops, in total and per table. Every limit applies. Without a limit for the run,
 * tables without their own limit may not reject any row. Rows are counted as they are rejected. Percentages are checked at the
 * end of each part once 1,000 rows of the table (or run) are read, and again at the end of the stage.
 */
export class RejectBudget {
  private readonly accounts: readonly LimitTally[];
  private readonly limits: readonly RejectLimit[];
  private readonly subject: string;

  /** @param subject the arguments of `waybill rejects list` in the hint. */
  constructor(
    limits: readonly RejectLimit[],
    mappings: readonly Pick<PlannedMapping, 'name' | 'source' | 'target'>[],
    subject: string,
  ) {
    this.limits = limits;
    this.subject = subject;
    const account = (limit: RejectLimit, of: typeof mappings): LimitTally => {
      return { limit, mappings: new Set(of.map(({ name }) => name)), read: 0, rejected: 0 };
    };
    const own = limits.filter(({ table }) => table !== null);
    const forRun = limits.filter(({ table }) => table === null);
    const others = mappings.filter((m) => !own.some(({ table }) => isCalled(m, table as string)));
    this.accounts = [
      ...own.map((limit) =>
        account(
          limit,
          mappings.filter((m) => isCalled(m, limit.table as string)),
        ),
      ),
      ...(forRun.length === 0 ? [account({ table: null, max: 0, isPercent: false }, others)] : []),
      ...forRun.map((limit) => account(limit, mappings)),
    ];
  }

  /** Checks whether this many more rejects are allowed, without counting them. @throws WaybillError 'too-many-rejects'. */
  check(mapping: string, rejected: number): void {
    for (const account of this.of(mapping)) {
      if (!account.limit.isPercent) this.refuseOver({ ...account, rejected: account.rejected + rejected }, mapping);
    }
  }

  /** Counts a finished part. @throws WaybillError 'too-many-rejects'; the part is not counted then. */
  spend(mapping: string, spent: Spent): void {
    for (const account of this.of(mapping)) {
      const then = { ...account, read: account.read + spent.read, rejected: account.rejected + spent.rejected };
      if (spent.rejected > 0 && (!account.limit.isPercent || then.read >= leastRead)) this.refuseOver(then, mapping);
    }
    this.count(mapping, spent);
  }

  /** Counts the rows that reference resolution rejected, then checks the limits. @throws WaybillError 'too-many-rejects'. */
  spendResolved(rejected: ReadonlyMap<string, number>): void {
    const spent = [...rejected].filter(([, count]) => count > 0);
    for (const [mapping, count] of spent) this.count(mapping, { read: 0, rejected: count });
    const touched = this.accounts.filter((account) => spent.some(([mapping]) => account.mappings.has(mapping)));
    for (const account of touched) this.refuseOver(account, 'references without a parent');
    this.close();
  }

  /** Counts rows without checking the limits. */
  count(mapping: string, { read, rejected }: Spent): void {
    for (const account of this.of(mapping)) {
      account.read += read;
      account.rejected += rejected;
    }
  }

  /** Returns the budget that a failed part had used. */
  release(mapping: string, { read, rejected }: Spent): void {
    this.count(mapping, { read: -read, rejected: -rejected });
  }

  /** Checks the percentages at the end of a stage. @throws WaybillError 'too-many-rejects'. */
  close(): void {
    for (const account of this.accounts) if (account.limit.isPercent) this.refuseOver(account, null);
  }

  private of(mapping: string): readonly LimitTally[] {
    return this.accounts.filter(({ mappings }) => mappings.has(mapping));
  }

  /**
   * The limits with which the run gets further: the one that was exceeded is set to twice what was rejected so far, since the
   * rows that are still to be read may hold as many.
   */
  private raised({ limit, read, rejected }: LimitTally): readonly string[] {
    const max = limit.isPercent ? Math.min(100, Math.ceil((rejected / read) * 200)) : rejected * 2;
    const others = this.limits.filter(({ table }) => table !== limit.table);
    return [...others, { ...limit, max }].map(limitText);
  }

  private refuseOver(tally: LimitTally, last: string | null): void {
    const { limit, read, rejected } = tally;
    const { table, max, isPercent } = limit;
    if (isPercent ? rejected * 100 <= max * read : rejected <= max) return;
    const isOne = rejected === 1 && !isPercent;
    const rows = `${rejected}${isPercent ? ` of ${read}` : ''} ${isOne ? 'row' : 'rows'}${table === null ? '' : ` of ${table}`}`;
    const where = table === null && last !== null ? `, the last of them in ${last}` : '';
    const option = `--max-rejects${table === null ? '' : ` ${table}`}`;
    throw new WaybillError(
      'too-many-rejects',
      `${rows} ${isOne ? 'was' : 'were'} rejected so far${where}; ${option} allows ${max}${isPercent ? ' %' : ''}.`,
      {
        hint: `See the causes with: waybill rejects list ${this.subject}; then resume with a higher --max-rejects.`,
        resumeWith: { 'max-rejects': this.raised(tally) },
      },
    );
  }
}

/** Writes a limit as `--max-rejects` takes it. */
function limitText({ table, max, isPercent }: RejectLimit): string {
  return `${table === null ? '' : `${table}=`}${max}${isPercent ? '%' : ''}`;
}
