import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { policyMeanings } from '../../core/mapping/policies.ts';
import { sumOfDigests } from '../../core/model/digests.ts';
import type { DoneHook } from '../../core/model/hook.ts';
import type { InventoryEntry } from '../../core/model/inventory.ts';
import type { RejectRecord } from '../../core/model/records.ts';
import type { RunCommand } from '../../core/model/run-command.ts';
import type { LedgerEntry, ResolvedRow } from '../../core/ports/ledger.ts';
import type { ServerFacts } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import {
  type Check,
  type CheckDescription,
  type CheckResults,
  type Verdict,
  verdictOf,
} from '../../core/validation/check.ts';
import { resolvedOf, type Tally, tallyOf } from '../../core/validation/tally.ts';
import { readInventory } from '../journal/inventory.ts';
import { fingerprintOfKey } from '../journal/log-head.ts';
import { readRecords } from '../journal/row-records.ts';
import type { RejectLimit } from '../options.ts';
import type { RunContext } from '../run-context.ts';

/** Everything in the report of a run, gathered from ledger, records, manifest and checks. */
export interface RunFacts {
  readonly waybill: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every command that worked on the run, in order: who ran it, where, and how. */
  readonly commands: readonly (RunCommand & { readonly at: string })[];
  /** `server` is null where there is none, as with files, and absent where it is unknown. */
  readonly source: {
    readonly label: string;
    readonly server?: ServerFacts | null;
    readonly snapshot: { readonly isConsistent: boolean; readonly note: string };
  };
  readonly target: { readonly label: string; readonly schema: string; readonly server?: ServerFacts | null };
  /** Hash of everything that decides the result, and the hashes that it is made of. */
  readonly fingerprint: string;
  readonly components: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  /** Rejected rows that are allowed; none when empty. */
  readonly rejectLimits: readonly RejectLimit[];
  readonly totals: Tally;
  readonly tables: readonly TableFacts[];
  /** What the policies mean that rejected rows or adjusted values, as far as they are explained. */
  readonly policies: Readonly<Record<string, string>>;
  readonly relations: { readonly foreignKeys: number; readonly lookups: number; readonly none: number };
  /** Every object of the source and what became of it; null for a source that has nothing but rows. */
  readonly inventory: readonly InventoryEntry[] | null;
  readonly hooks?: readonly Omit<DoneHook, 'rows'>[];
  readonly kept?: readonly { readonly table: string; readonly why: string }[];
  readonly stages: readonly {
    readonly stage: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly seconds: number;
    readonly rows: number;
  }[];
  /** One for each name that occurs in `checks`. */
  readonly descriptions: readonly CheckDescription[];
  readonly checks: readonly Check[];
  /**
   * The end of the event log before the report was written. A copy of the report witnesses it. `key` is the fingerprint of the public
   * key with which the log is signed when the command ends; null when it is not.
   */
  readonly log: { readonly events: number; readonly head: string; readonly key: string | null };
}

interface TableFacts extends Tally {
  readonly source: string;
  readonly target: string;
  /** The sum of the loaded rows' hashes before references were resolved. */
  readonly digest: string;
  readonly adjustments: readonly { readonly column: string; readonly rule: string; readonly count: number }[];
  readonly rejects: readonly RejectCount[];
  readonly filters: readonly { readonly rule: string; readonly count: number }[];
  /** The rule of each target column, and the source columns that it reads. */
  readonly lineage: readonly { readonly column: string; readonly rule: string; readonly reads: readonly string[] }[];
}

/** Rejects with the same cause. */
interface RejectCount extends Pick<RejectRecord, 'column' | 'rule' | 'sqlstate' | 'constraint'> {
  readonly count: number;
  readonly sampleKeys: readonly string[];
}

/** Writes a report into the run folder. */
export type ReportWriter = (facts: RunFacts, folder: string) => Promise<void>;

/** Sample keys per cause, at most. */
const MAX_KEYS = 5;

/** Gathers the facts of a run and passes them to the report writer. */
export async function reportRun(
  context: RunContext,
  target: Target,
  results: CheckResults,
  write: ReportWriter,
): Promise<void> {
  await write(await factsOf(context, target, results), context.folder.path);
}

async function factsOf(context: RunContext, target: Target, results: CheckResults): Promise<RunFacts> {
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
    verdict: verdictOf(results.checks),
    startedAt: manifest.startedAt,
    finishedAt: manifest.finishedAt ?? manifest.startedAt,
    commands: context.log.commands,
    source: {
      label: manifest.source?.label ?? '',
      ...(manifest.source?.server === undefined ? {} : { server: manifest.source.server }),
      snapshot: { isConsistent: manifest.source?.isConsistent ?? false, note: manifest.source?.note ?? '' },
    },
    target: manifest.target ?? { label: target.label, schema: '' },
    fingerprint: manifest.fingerprint,
    components: manifest.components ?? {},
    params: manifest.params,
    rejectLimits: manifest.rejectLimits,
    totals: tables.reduce(add, { read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0 }),
    tables,
    policies: meaningsOf(context, tables),
    relations: relationCounts(context),
    inventory: await readInventory(folder.path),
    ...(manifest.hooks === undefined ? {} : { hooks: manifest.hooks }),
    ...keptTables(context),
    stages: manifest.stages.map((s) => ({ ...s, seconds: Math.round(s.seconds) })),
    descriptions: results.descriptions,
    checks: results.checks,
    log: { ...context.log.position, key: context.options.signKey ? fingerprintOfKey(context.options.signKey) : null },
  };
}

function add(a: Tally, b: Tally): Tally {
  return {
    read: a.read + b.read,
    loaded: a.loaded + b.loaded,
    rejected: a.rejected + b.rejected,
    filtered: a.filtered + b.filtered,
    adjusted: a.adjusted + b.adjusted,
  };
}

/** The tables whose rows another tool wrote, with the reason. */
function keptTables({ plan }: RunContext): Pick<RunFacts, 'kept'> {
  const { blueprint, unmapped } = plan.pipeline.target;
  const tables = blueprint?.kept ?? [];
  return tables.length === 0 ? {} : { kept: tables.map((table) => ({ table, why: unmapped[table] ?? '' })) };
}

function meaningsOf({ plan }: RunContext, tables: readonly TableFacts[]): Record<string, string> {
  const known = { ...policyMeanings, ...plan.pipeline.policies };
  const found = new Set(
    tables.flatMap(({ adjustments, rejects }) => [...adjustments, ...rejects].map(({ rule }) => rule)),
  );
  return Object.fromEntries(Object.entries(known).filter(([name]) => found.has(name)));
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
  const causes = await countCauses(context.folder.recordsPath, planned.name);
  return {
    source: planned.source.name,
    target: planned.target.name,
    ...tallyOf(own, resolvedOf(planned, resolved)),
    digest: sumOfDigests(own.map((e) => e.digest)),
    ...causes,
    lineage: Object.entries(planned.mapping.columns).map(([column, { name, reads }]) => ({
      column,
      rule: name,
      reads,
    })),
  };
}

async function countCauses(
  recordsPath: string,
  mapping: string,
): Promise<Pick<TableFacts, 'adjustments' | 'rejects' | 'filters'>> {
  const adjustments = new Map<string, { column: string; rule: string; count: number }>();
  const filters = new Map<string, { rule: string; count: number }>();
  const rejects = new Map<
    string,
    { cause: Omit<RejectCount, 'count' | 'sampleKeys'>; count: number; keys: string[] }
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
