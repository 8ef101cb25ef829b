import type { Part } from './source.ts';

/** The name of a part in files: `000001`. */
export function partName({ number }: Pick<Part, 'number'>): string {
  return String(number).padStart(6, '0');
}
