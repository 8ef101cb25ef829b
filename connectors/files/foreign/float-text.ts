import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';

/**
 * The canonical text of a float out of a number literal. `'1.50'` → `'1.5'`, `'1E20'` → `'1e+20'`, `'0.10000000149'` as
 * float32 → `'0.1'`.
 * @returns undefined when the number is larger than any float of this kind, or is not 0 and nearer to it than any.
 */
export function floatText(literal: string, kind: 'float32' | 'float64'): string | undefined {
  const exact = kind === 'float64' ? Number(literal) : Math.fround(Number(literal));
  if (!Number.isFinite(exact)) return undefined;
  if (exact === 0 && /^[^e]*[1-9]/i.test(literal)) return undefined;
  return kind === 'float64' ? pgFloat64Text(exact) : pgFloat32Text(exact);
}
