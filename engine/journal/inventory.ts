import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WaybillError } from '../../core/model/errors.ts';
import { type InventoryEntry, objectKinds, outcomeCounts, outcomes } from '../../core/model/inventory.ts';
import { factsOfText } from './file-facts.ts';
import type { JournalContext } from './journal-context.ts';
import { writeRunFile } from './run-file.ts';

const inventory = z.array(
  z.strictObject({ kind: z.enum(objectKinds), name: z.string(), outcome: z.enum(outcomes), why: z.string() }),
);

/** It is not a part of the manifest, which is written again for each table that is cut. */
const inventoryFile = 'inventory.json';

/** Writes the inventory of the source, one object a line, and records it. Nothing happens when the run has the same one already. */
export async function writeInventory(
  { folder, log }: Pick<JournalContext, 'folder' | 'log'>,
  entries: readonly InventoryEntry[],
): Promise<void> {
  const text = `[${entries.map((entry) => `\n${JSON.stringify(entry)}`).join(',')}\n]\n`;
  if (log.knows(factsOfText(inventoryFile, text))) return;
  await writeRunFile(join(folder.path, inventoryFile), [text]);
  await log.append('inventory', outcomeCounts(entries), [inventoryFile]);
}

/**
 * Reads the inventory of a run; null for a source that has nothing but rows.
 * @throws WaybillError 'part-damaged' when it does not parse.
 */
export async function readInventory(folder: string): Promise<readonly InventoryEntry[] | null> {
  const path = join(folder, inventoryFile);
  try {
    return inventory.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new WaybillError('part-damaged', `${path} cannot be read.`, {
      hint: 'Start a new run. You may move the damaged folder away.',
      cause,
    });
  }
}
