/** What was seen of one version. */
export interface Line {
  /** `2026-11-30` */
  readonly date: string;
  readonly version: string;
  readonly passed: number;
  readonly failed: number;
  /** Tests of what this version does not have. */
  readonly left: number;
  readonly seconds: number;
}

const head = `# Versions

Reference. Written by \`npm run matrix\`, which gets each program, runs the tests that concern it, and counts. \`npm test\` uses PostgreSQL 18,
Debian's MariaDB 10.11 and the Node that runs it. Tests that do not apply are those of what a version lacks, such as sequences and
the types \`uuid\` and \`inet6\` on MySQL. SQL Server is not in the table: its tests run against a server of the protocol alone.

| program | version | passed | failed | do not apply | seconds | date |
| --- | --- | --- | --- | --- | --- | --- |
`;

/** The text of docs/versions.md. */
export function tableOf(names: readonly string[], lines: ReadonlyMap<string, Line>): string {
  const rows = names.flatMap((name) => {
    const line = lines.get(name);
    if (line === undefined) return [];
    const { version, passed, failed, left, seconds, date } = line;
    return [`| ${[name, version, passed, failed, left, seconds, date].join(' | ')} |\n`];
  });
  return head + rows.join('');
}

/** The lines of the page by name. */
export function readLines(page: string): [string, Line][] {
  return [...page.matchAll(/^\| (\w+ [\d.]+) \| (.*) \|$/gm)].map(([, name = '', cells = '']) => {
    const [version = '', passed, failed, left, seconds, date = ''] = cells.split(' | ');
    const numbers = { passed: Number(passed), failed: Number(failed), left: Number(left), seconds: Number(seconds) };
    return [name, { version, date, ...numbers }];
  });
}
