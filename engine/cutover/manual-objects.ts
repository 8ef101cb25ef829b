import { WaybillError } from '../../core/model/errors.ts';
import { shellQuote } from '../../core/shell-quote.ts';
import type { SchemaDifference } from './schema-drift.ts';

export interface UnmanagedOptions {
  /** Make what a hand made in the live schema in the new one too. */
  readonly carry: boolean;
  /** Objects that may stay behind, as the catalog calls them; `all` for all. */
  readonly leave: readonly string[];
}

/** Kinds of objects that can be made again from their definition. */
const carried = /^(view|policy|trigger|index|function|constraint|sequence|type) /;

/**
 * What to make again of all in which the live schema differs from its DDL. Grants and comments go over by themselves.
 * @throws WaybillError 'cutover-refused' naming what would be lost.
 */
export function unmanagedObjects(
  differences: readonly SchemaDifference[],
  { carry, leave }: UnmanagedOptions,
): string[] {
  const lost = differences.filter(
    (each) => !isInherited(each) && !leave.includes('all') && !leave.includes(each.object),
  );
  const refused = carry ? lost.filter((each) => !canBeCarried(each)) : lost;
  if (refused.length === 0) return lost.map(({ object }) => object);
  const lines = refused.map(({ object, how }) => `  ${object}: ${how}`);
  throw new WaybillError('cutover-refused', `The live schema is not what its DDL makes:\n${lines.join('\n')}`, {
    hint: hintFor(refused),
  });
}

function canBeCarried({ object, how }: SchemaDifference): boolean {
  return how === 'unexpected' && carried.test(object);
}

function hintFor(refused: readonly SchemaDifference[]): string {
  const left = refused.filter((each) => !canBeCarried(each));
  const leave = (all: typeof refused): string =>
    all.map(({ object }) => `--drop-unmanaged ${shellQuote(object)}`).join(' ');
  if (left.length === refused.length) return `Fix it, or leave it behind with ${leave(left)}`;
  if (left.length === 0)
    return `Recreate the objects with --keep-unmanaged, or leave them behind with ${leave(refused)}`;
  return `Recreate what can be with --keep-unmanaged, and leave the rest behind with ${leave(left)}`;
}

/** More grants than the DDL makes, or another comment. Fewer grants are a difference: a right would come back. */
function isInherited({ object, wanted, found }: SchemaDifference): boolean {
  if (object.startsWith('grant on ')) return grantsOf(wanted).every((grant) => isIn(grant, grantsOf(found)));
  return wanted !== null && found !== null && withoutComment(wanted) === withoutComment(found);
}

function withoutComment(definition: string): string {
  return definition.replace(/(?:, | )?comment E?'(?:[^']|'')*'$/, '');
}

/** `{app=ar/owner}` → app may a and r. */
function grantsOf(text: string | null): readonly { readonly who: string; readonly rights: string }[] {
  return [...(text ?? '').matchAll(/"?([^{},"=]*)=([a-zA-Z*]*)\//g)].map(([, who, rights]) => ({
    who: who as string,
    rights: rights as string,
  }));
}

function isIn(grant: { who: string; rights: string }, all: ReturnType<typeof grantsOf>): boolean {
  const rights = all.filter(({ who }) => who === grant.who).map((each) => each.rights);
  return [...grant.rights].every((right) => rights.some((each) => each.includes(right)));
}
