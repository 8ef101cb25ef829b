import { WaybillError } from '../core/errors.ts';
import type { EngineOptions } from './options.ts';

/**
 * Ends the run here when whoever started it wants it to stop. Called between two parts, stages and checks: what is done
 * is committed and in the ledger, so the run can be gone on with.
 * @throws WaybillError with exit code 4.
 */
export function stopIfAsked(options: Pick<EngineOptions, 'shouldStop'>): void {
  if (options.shouldStop?.() !== true) return;
  throw new WaybillError('source-interrupted', 'The run was asked to stop and did so; what it finished is kept.', {
    hint: 'Nothing is lost: go on whenever it suits.',
  });
}
