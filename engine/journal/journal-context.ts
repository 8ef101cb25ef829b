import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { EventLog } from './event-log.ts';
import type { RunFolder } from './run-folder.ts';

/** What the journal needs to know of a run. */
export interface JournalContext {
  readonly folder: RunFolder;
  /** The mappings that take part. */
  readonly selected: readonly PlannedMapping[];
  readonly log: EventLog;
}
