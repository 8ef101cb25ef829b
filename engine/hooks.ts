import type { DoneHook, HookPoint } from '../core/model/hook.ts';
import type { Target } from '../core/ports/target.ts';
import { writeManifest } from './journal/manifest.ts';
import { throwIfStopped } from './options.ts';
import type { RunContext } from './run-context.ts';

/** Runs the hooks of a point that did not run yet, in their order, and notes each in the manifest. */
export async function runHooks(context: RunContext, target: Target, point: HookPoint): Promise<void> {
  const { pipeline, progress } = context.options;
  for (const hook of (pipeline.hooks ?? []).filter((each) => each.point === point)) {
    throwIfStopped(context.options);
    const { rows: _, ...done } = await target.runHook(context.folder.run, hook);
    const known = context.manifest.hooks ?? [];
    if (known.some(({ name }) => name === done.name)) continue;
    progress.note(`hook ${done.name}: ${done.seconds} s`);
    context.manifest = { ...context.manifest, hooks: [...known, done] };
    await writeManifest(context, 'hook', done);
  }
}

/** Table → the rows that hooks added to it. */
export function rowsOfHooks(hooks: readonly DoneHook[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [table, rows] of hooks.flatMap((hook) => Object.entries(hook.rows)))
    sums.set(table, (sums.get(table) ?? 0) + rows);
  return sums;
}
