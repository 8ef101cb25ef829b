/** The lines that one text has and another has not, `- ` before those that went and `+ ` before those that came, in order. */
export function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const [kept, made] = [countLines(now), countLines(old)];
  return [...missing(old, kept).map((line) => `- ${line}`), ...missing(now, made).map((line) => `+ ${line}`)];
}

function countLines(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** The lines that are not among others, as often as they are missing there. */
function missing(lines: readonly string[], among: Map<string, number>): string[] {
  return lines.filter((line) => {
    const left = among.get(line) ?? 0;
    among.set(line, left - 1);
    return left <= 0 && line !== '';
  });
}
