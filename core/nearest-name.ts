/**
 * Finds the name that was probably meant: `stauts` → `status`. An exchange of two neighbouring letters counts as one change.
 * @returns null when no name is within one change of a word of up to three letters, two of a longer one, or a third of its letters.
 */
export function nearestName(given: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = Math.max(given.length < 4 ? 1 : 2, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    const changes = changesBetween(given.toLowerCase(), name.toLowerCase());
    if (changes >= fewest || changes >= name.length) continue;
    best = name;
    fewest = changes;
  }
  return best;
}

/** Insertions, deletions, replacements and exchanges of neighbours that make one word of the other. */
function changesBetween(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchange ? at(beforeLast, j - 2) + 1 : replaced;
      row.push(Math.min(replaced, exchanged, at(last, j) + 1, at(row, j - 1) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
