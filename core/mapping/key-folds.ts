import type { KeyFold } from '../model/key-fold.ts';
import { folderOf } from './convert/fold.ts';

/** Whether a key is one of these, compared by the fold, or exactly where there is none. */
export function isOneOf(keys: readonly string[], fold?: KeyFold): (key: string) => boolean {
  if (fold === undefined) return (key) => keys.includes(key);
  const folder = folderOf(fold);
  const folded = new Set(keys.map(folder));
  return (key) => folded.has(folder(key));
}

/** Names a fold; a function by its text. */
export function foldText(fold: KeyFold): string {
  return typeof fold === 'function' ? fold.toString() : [...fold].sort().join(', ');
}

/** The detail of a rule that folds keys, behind what else decides its result. */
export function foldDetail(fold: KeyFold | undefined, detail?: string): { readonly detail?: string } {
  if (fold === undefined) return {};
  return { detail: `${detail === undefined ? '' : `${detail}\n`}folds ${foldText(fold)}` };
}
