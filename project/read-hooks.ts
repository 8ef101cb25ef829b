import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WaybillError } from '../core/model/errors.ts';
import { type Hook, type HookPoint, hookPoints } from '../core/model/hook.ts';

/** The folder of a project with its hooks. */
const hooksFolder = 'hooks';

/**
 * Reads the hooks of a folder: `hooks/after-load.sql`, then `hooks/after-load/*.sql` in the order of their names.
 * @throws WaybillError 'configuration' when a file belongs to no point.
 */
export function readHooks(folder: string): readonly Hook[] {
  const path = join(folder, hooksFolder);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  const stray = entries.find(({ name }) => !hookPoints.some((point) => name === point || name === `${point}.sql`));
  if (stray !== undefined) throw noPoint(`${hooksFolder}/${stray.name}`);
  return hookPoints.flatMap((point) => filesOf(path, point).map((name) => hookOf(path, point, name)));
}

function filesOf(path: string, point: HookPoint): string[] {
  const own = existsSync(join(path, `${point}.sql`)) ? [`${point}.sql`] : [];
  const inside = existsSync(join(path, point)) ? readdirSync(join(path, point)).sort() : [];
  const other = inside.find((name) => !name.endsWith('.sql'));
  if (other !== undefined) throw noPoint(`${hooksFolder}/${point}/${other}`);
  return [...own, ...inside.map((name) => `${point}/${name}`)];
}

function hookOf(path: string, point: HookPoint, name: string): Hook {
  return { point, name, sql: readFileSync(join(path, name), 'utf8') };
}

function noPoint(file: string): WaybillError {
  return new WaybillError('configuration', `${file} is not a hook: no point of a run has that name.`, {
    hint: `Use ${hookPoints.map((point) => `${hooksFolder}/${point}.sql`).join(', ')}, or SQL files in a folder of that name.`,
  });
}
