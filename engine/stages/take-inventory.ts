import { inventoryOf, undeclaredProblems } from '../../core/inventory/inventory.ts';
import type { Source } from '../../core/ports/source.ts';
import { writeInventory } from '../journal/inventory.ts';
import { type RunContext, refuse } from '../run-context.ts';

/** Names of objects in a warning. */
const MAX_NAMES = 10;

/**
 * Lists the objects of a source in the run's folder, and warns of those that are undeclared. A source of files has none, so a staged
 * run that reads its own export keeps what it found first.
 * @throws WaybillError 'plan-refused' that names the undeclared objects, where the run is strict.
 */
export async function takeInventory(context: RunContext, source: Source): Promise<void> {
  const { pipeline, isStrict = false, progress } = context.options;
  const structure = await source.inspector.structure(Object.keys(pipeline.source.contract));
  if (structure === null) return;
  const inventory = inventoryOf(context.plan, structure);
  const problems = undeclaredProblems(inventory);
  if (isStrict) refuse(problems, 'plan-refused', `${source.label} has undeclared objects`, pipeline.name);
  await writeInventory(context, inventory);
  if (problems.length > 0) progress.note(warningOf(problems.map(({ subject }) => subject)));
}

function warningOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  const counted =
    names.length === 1
      ? 'one object of the source is undeclared'
      : `${names.length} objects of the source are undeclared`;
  return `warning: ${counted}: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
