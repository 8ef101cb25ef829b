import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { EventLog } from './event-log.ts';
import type { RunFolder } from './run-folder.ts';

/** The parts of a run that the journal needs. */
export interface JournalContext {
  readonly folder: RunFolder;
  /** The mappings that the run includes. */
  readonly selected: readonly PlannedMapping[];
  readonly log: EventLog;
}
