import { WaybillError } from '../core/errors.ts';
import type { SchemaDifference } from './schema-drift.ts';

export interface ExtrasOptions {
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
export function extrasOf(differences: readonly SchemaDifference[], { carry, leave }: ExtrasOptions): string[] {
  const lost = differences.filter(
    (each) => !isInherited(each) && !leave.includes('all') && !leave.includes(each.object),
  );
  const isCarried = ({ object, how }: SchemaDifference): boolean =>
    carry && how === 'unexpected' && carried.test(object);
  const refused = lost.filter((each) => !isCarried(each));
  if (refused.length === 0) return lost.map(({ object }) => object);
  const lines = refused.map(({ object, how }) => `  ${object}: ${how}`);
  throw new WaybillError('cutover-refused', `The live schema is not what its DDL makes:\n${lines.join('\n')}`, {
    hint: 'Take what was made by hand along with --carry-extras, or leave it behind with --leave "<object>".',
  });
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
