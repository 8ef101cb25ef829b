import { WaybillError } from '../../core/model/errors.ts';
import type { SchemaDifference } from '../../core/ports/target.ts';
import { shellQuote } from '../../core/shell-quote.ts';

/** What a cutover does with the manual changes in the live schema. */
export interface UnmanagedOptions {
  /** Recreate the unmanaged objects in the new schema. */
  readonly keep: boolean;
  /** Objects that may be lost, by their names in the catalog; `all` for all of them. */
  readonly drop: readonly string[];
}

/** Kinds of objects that can be recreated from their definition. */
const recreatable = /^(view|policy|trigger|rule|index|function|constraint|sequence|type) /;

/**
 * Lists the unmanaged objects of the live schema to recreate, from its differences to its DDL. Added grants and changed
 * comments are not listed, because every cutover copies them.
 * @throws WaybillError 'cutover-refused' naming each object that would be lost.
 */
export function unmanagedObjects(differences: readonly SchemaDifference[], { keep, drop }: UnmanagedOptions): string[] {
  const lost = differences.filter((each) => !isCopied(each) && !drop.includes('all') && !drop.includes(each.object));
  const refused = keep ? lost.filter((each) => !isRecreatable(each)) : lost;
  if (refused.length === 0) return lost.map(({ object }) => object);
  const lines = refused.map(({ object, how }) => `  ${object}: ${how}`);
  throw new WaybillError('cutover-refused', `The live schema differs from its DDL:\n${lines.join('\n')}`, {
    hint: hintFor(refused),
  });
}

function isRecreatable({ object, how }: SchemaDifference): boolean {
  return how === 'unexpected' && recreatable.test(object);
}

function hintFor(refused: readonly SchemaDifference[]): string {
  const fixed = refused.filter((each) => !isRecreatable(each));
  const drop = (all: typeof refused): string =>
    all.map(({ object }) => `--drop-unmanaged ${shellQuote(object)}`).join(' ');
  if (fixed.length === refused.length) return `Fix the live schema, or lose the change with ${drop(fixed)}`;
  if (fixed.length === 0) return `Keep unmanaged objects with --keep-unmanaged, or lose them with ${drop(refused)}`;
  return `Keep unmanaged objects with --keep-unmanaged, and lose the other changes with ${drop(fixed)}`;
}

/** Whether a cutover copies the difference: added grants or another comment. A removed grant would come back instead. */
function isCopied({ object, wanted, found }: SchemaDifference): boolean {
  if (object.startsWith('grant on ')) return grantsOf(wanted).every((grant) => isIn(grant, grantsOf(found)));
  return wanted !== null && found !== null && withoutCopied(wanted) === withoutCopied(found);
}

/** The definition without its comment and owner. */
function withoutCopied(definition: string): string {
  return definition.replace(/(?:, | )?comment E?'(?:[^']|'')*'$/, '').replace(/(?:^|, )owner [^,]*$/, '');
}

/** `{app=ar/owner}` → `app` has the rights `a` and `r`. */
function grantsOf(text: string | null): readonly { readonly role: string; readonly rights: string }[] {
  return [...(text ?? '').matchAll(/"?([^{},"=]*)=([a-zA-Z*]*)\//g)].map(([, role, rights]) => ({
    role: role as string,
    rights: rights as string,
  }));
}

function isIn(grant: { role: string; rights: string }, all: ReturnType<typeof grantsOf>): boolean {
  const rights = all.filter(({ role }) => role === grant.role).map((each) => each.rights);
  return [...grant.rights].every((right) => rights.some((each) => each.includes(right)));
}
