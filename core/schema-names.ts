/** PostgreSQL cuts longer names (NAMEDATALEN 64). */
const maxBytes = 63;

/** The schema that a run loads into unless another one is named: `aries` → `aries_next`. */
export function shadowOf(live: string): string {
  return `${live.slice(0, maxBytes - '_next'.length)}_next`;
}

/** The name of a schema kept next to another for one run: `aries`, `before`, `R-1` → `aries_before_r_1`. */
export function besideFor(live: string, purpose: string, run: string): string {
  const tail = `_${purpose}_${run.toLowerCase().replace(/\W/g, '_').slice(0, 24)}`;
  return `${live.slice(0, maxBytes - tail.length)}${tail}`;
}
