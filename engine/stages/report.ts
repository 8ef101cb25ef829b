import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { sumOfDigests } from '../../core/model/digests.ts';
import type { RejectRecord } from '../../core/model/records.ts';
import type { LedgerEntry, ResolvedRow } from '../../core/ports/ledger.ts';
import type { Target } from '../../core/ports/target.ts';
import { type Check, type Verdict, verdictOf } from '../../core/validation/check.ts';
import { resolvedOf, tallyOf } from '../../core/validation/tally.ts';
import { readRecords } from '../journal/row-records.ts';
import type { RunContext } from '../run-context.ts';

/** All that a report tells of a run, gathered from ledger, records, manifest and checks. */
export interface RunFacts {
  readonly waybill: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly source: {
    readonly label: string;
    readonly snapshot: { readonly isConsistent: boolean; readonly note: string };
  };
  readonly target: { readonly label: string; readonly schema: string };
  readonly params: Readonly<Record<string, string>>;
  readonly totals: Account;
  readonly tables: readonly TableFacts[];
  readonly relations: { readonly foreignKeys: number; readonly lookups: number; readonly none: number };
  readonly stages: readonly {
    readonly stage: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly seconds: number;
    readonly rows: number;
  }[];
  readonly checks: readonly Check[];
  /** Where the event log ended before the report was written: a witness that goes where the report goes. */
  readonly log: { readonly events: number; readonly head: string };
}

interface Account {
  readonly read: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly filtered: number;
  readonly adjusted: number;
}

interface TableFacts extends Account {
  readonly source: string;
  readonly target: string;
  /** Sum of the loaded rows' hashes before references were resolved. */
  readonly digest: string;
  readonly adjustments: readonly { readonly column: string; readonly rule: string; readonly count: number }[];
  readonly rejects: readonly RejectCause[];
  readonly filters: readonly { readonly rule: string; readonly count: number }[];
}

interface RejectCause extends Pick<RejectRecord, 'column' | 'rule' | 'sqlstate' | 'constraint'> {
  readonly count: number;
  readonly sampleKeys: readonly string[];
}

/** Writes a report into the run folder. */
export type ReportWriter = (facts: RunFacts, folder: string) => Promise<void>;

/** Sample keys per cause. */
const MAX_KEYS = 5;

/** Gathers what there is to tell of a run and has it written. */
export async function reportRun(
  context: RunContext,
  target: Target,
  checks: readonly Check[],
  write: ReportWriter,
): Promise<void> {
  await write(await factsOf(context, target, checks), context.folder.path);
}

async function factsOf(context: RunContext, target: Target, checks: readonly Check[]): Promise<RunFacts> {
  const { manifest, plan, folder } = context;
  const ledger = await target.ledger(folder.run);
  const resolved = await target.resolvedRows(folder.run);
  const tables: TableFacts[] = [];
  for (const planned of context.selected) tables.push(await tableFacts(context, planned, ledger, resolved));
  return {
    waybill: manifest.waybill,
    runId: manifest.run,
    pipeline: manifest.pipeline,
    title: plan.pipeline.title,
    verdict: verdictOf(checks),
    startedAt: manifest.startedAt,
    finishedAt: manifest.finishedAt ?? manifest.startedAt,
    source: {
      label: manifest.source?.label ?? '',
      snapshot: { isConsistent: manifest.source?.isConsistent ?? false, note: manifest.source?.note ?? '' },
    },
    target: manifest.target ?? { label: target.label, schema: '' },
    params: manifest.params,
    totals: tables.reduce(add, { read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0 }),
    tables,
    relations: relationCounts(context),
    stages: manifest.stages.map((s) => ({ ...s, seconds: Math.round(s.seconds) })),
    checks,
    log: context.log.position,
  };
}

function add(a: Account, b: Account): Account {
  return {
    read: a.read + b.read,
    loaded: a.loaded + b.loaded,
    rejected: a.rejected + b.rejected,
    filtered: a.filtered + b.filtered,
    adjusted: a.adjusted + b.adjusted,
  };
}

function relationCounts({ plan }: RunContext): RunFacts['relations'] {
  const count = (decision: string): number => plan.pipeline.relations.filter((r) => r.decision === decision).length;
  return { foreignKeys: count('foreign-key'), lookups: count('lookup'), none: count('none') };
}

async function tableFacts(
  context: RunContext,
  planned: PlannedMapping,
  ledger: readonly LedgerEntry[],
  resolved: readonly ResolvedRow[],
): Promise<TableFacts> {
  const own = ledger.filter((e) => e.mapping === planned.name);
  const causes = await causesOf(context.folder.recordsPath, planned.name);
  return {
    source: planned.source.name,
    target: planned.target.name,
    ...tallyOf(own, resolvedOf(planned, context.selected, resolved)),
    digest: sumOfDigests(own.map((e) => e.digest)),
    ...causes,
  };
}

async function causesOf(
  recordsPath: string,
  mapping: string,
): Promise<Pick<TableFacts, 'adjustments' | 'rejects' | 'filters'>> {
  const adjustments = new Map<string, { column: string; rule: string; count: number }>();
  const filters = new Map<string, { rule: string; count: number }>();
  const rejects = new Map<
    string,
    { cause: Omit<RejectCause, 'count' | 'sampleKeys'>; count: number; keys: string[] }
  >();
  for await (const record of readRecords(recordsPath, mapping)) {
    const { rule } = record;
    if (record.kind === 'adjustment') {
      const { column } = record;
      entry(adjustments, `${column} ${rule}`, () => ({ column, rule, count: 0 })).count++;
    } else if (record.kind === 'filter') {
      entry(filters, rule, () => ({ rule, count: 0 })).count++;
    } else {
      const { column, sqlstate, constraint } = record;
      const cause = { column, rule, sqlstate, constraint };
      const found = entry(rejects, JSON.stringify(cause), () => ({ cause, count: 0, keys: [] }));
      found.count++;
      if (found.keys.length < MAX_KEYS) found.keys.push(record.key);
    }
  }
  return {
    adjustments: [...adjustments.values()],
    filters: [...filters.values()],
    rejects: [...rejects.values()].map(({ cause, count, keys }) => ({ ...cause, count, sampleKeys: keys })),
  };
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
