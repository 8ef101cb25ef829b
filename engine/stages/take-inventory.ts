import { inventoryOf, undeclaredProblems } from '../../core/inventory/inventory.ts';
import { objectKey } from '../../core/inventory/source-objects.ts';
import type { InventoryEntry, ObjectKind } from '../../core/model/inventory.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { readInventory, writeInventory } from '../journal/inventory.ts';
import { pipelineArgument } from '../options.ts';
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
  if (isStrict)
    refuse(problems, 'plan-refused', `${source.label} has undeclared objects`, pipelineArgument(context.options));
  await writeInventory(context, inventory);
  if (problems.length > 0) progress.note(warningOf(problems.map(({ subject }) => subject)));
}

/**
 * Writes into the inventory what became of the objects that the DDL makes where the target can: carried, or left behind with the
 * server's sentence.
 */
export async function completeInventory(context: RunContext, target: Target): Promise<void> {
  const { attempts = [] } = context.plan.pipeline.target;
  const inventory = attempts.length === 0 ? null : await readInventory(context.folder.path);
  if (inventory === null) return;
  const tried = new Set(attempts.map(({ kind, name }) => objectKey(kind, name)));
  const refused = new Map(
    (await target.leftBehind()).map(({ kind, name, why }) => [objectKey(kind as ObjectKind, name), why]),
  );
  const completed = inventory.map((entry): InventoryEntry => {
    const key = objectKey(entry.kind, entry.name);
    if (!tried.has(key)) return entry;
    const why = refused.get(key);
    if (why !== undefined) return { ...entry, outcome: 'left behind', why };
    return entry.outcome === 'carried' ? { ...entry, why: '' } : entry;
  });
  await writeInventory(context, completed);
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
