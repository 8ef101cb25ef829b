import type { Project } from './project.ts';
import type { Matches } from './target-from/matches.ts';
import { matchesFile, matchesText } from './target-from/matches-file.ts';

/**
 * The files that a person owns. They are written once, and never again.
 *
 * @param proposed how names match, where another tool made the target.
 */
export function projectFiles(project: Project, waybill: string, proposed?: Matches): Readonly<Record<string, string>> {
  return {
    'pipeline.ts': proposed === undefined ? pipelineText : pipelineTextWithMatches,
    ...(proposed === undefined ? {} : { [matchesFile]: matchesText(proposed) }),
    'package.json': packageText(project, waybill),
    'tsconfig.json': tsconfigText,
    '.env.example': environmentText,
    '.gitignore': 'node_modules\n.env\n.waybill\n',
    'README.md': readmeText(project),
  };
}

const pipelineText = [
  "import { defineProject } from 'waybill';",
  '',
  '// What is decided here wins over what was found in the source. After a change, run: npx waybill pull .',
  'export default defineProject(import.meta.url, {',
  "  // Names of tables and columns in the target: 'same', 'snake_case', or a function of the name and its schema.",
  "  names: 'same',",
  "  // Types by column or by type of the source: { 'orders.total': 'numeric(12,2)', 'tinyint(1)': 'smallint' }.",
  '  types: {},',
  "  // Tables that stay behind, with the reason: { 'tmp_*': 'scratch tables of the old reports' }.",
  '  leftBehind: {},',
  "  // What becomes of rows without a parent: { 'orders.customer_id': 'reject' }.",
  '  orphans: {},',
  '  // More to choose: enums, ignoreCase, unsigned, onUpdate, fullText, partitions, policies, grants, objects, stamp.',
  '  // Mappings that replace the generated ones of their source tables.',
  '  mappings: [],',
  "  // Objects of which more becomes than waybill makes: { kind: 'view', name: 'shop.open_orders', outcome: 'replaced', why: '…' }.",
  '  objects: [],',
  '});',
  '',
].join('\n');

const pipelineTextWithMatches = [
  "import { defineProject } from 'waybill';",
  "import matches from './matches.ts';",
  '',
  'export default defineProject(import.meta.url, {',
  '  // What becomes of each table and column of the source; confirm the proposals there.',
  '  matches,',
  "  // What becomes of rows without a parent: { 'orders.customer_id': 'reject' }.",
  '  orphans: {},',
  '  // Mappings that replace those of the matches, found by their source tables.',
  '  mappings: [],',
  '});',
  '',
].join('\n');

function packageText({ name }: Project, waybill: string): string {
  const scripts = { plan: 'waybill plan .', run: 'waybill run .' };
  const text = { name, private: true, type: 'module', scripts, dependencies: { waybill } };
  return `${JSON.stringify(text, null, 2)}\n`;
}

const tsconfigText = `${JSON.stringify(
  {
    compilerOptions: {
      ...{ target: 'es2023', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true },
      types: [],
    },
    include: ['*.ts'],
  },
  null,
  2,
)}\n`;

const environmentText = `# Copy this file to .env. It is read from the working directory.
WAYBILL_SOURCE_URL=
WAYBILL_TARGET_URL=
WAYBILL_TARGET_DATABASE=
`;

function readmeText({ name, mappings, decisions, inventory, sides }: Project): string {
  const behind = inventory.filter(({ outcome }) => outcome === 'left behind');
  const lines = [
    `# ${name}`,
    '',
    sides === undefined
      ? `A migration of ${mappings.length} tables to PostgreSQL, made by waybill from the source.`
      : `A migration of ${sides.sources.length} tables into a schema of PostgreSQL that another tool made.`,
    '',
    '- `pipeline.ts` holds what people decide.',
    ...(sides === undefined
      ? []
      : ['- `matches.ts` says what becomes of each table and column. Confirm what it proposes.']),
    '- `generated/` is made again from the source, do not edit it: npx waybill pull .',
    '',
    '```sh',
    'npm install',
    'npx waybill plan .',
    'npx waybill run . --source SOURCE_URL --target TARGET_URL',
    '```',
    '',
    '## Decisions that the data made',
    '',
    ...(decisions.length === 0 ? ['None.'] : decisions.map(({ subject, text }) => `- \`${subject}\`: ${text}`)),
    '',
    '## Left behind',
    '',
    ...(behind.length === 0
      ? ['Nothing.']
      : behind.map(({ kind, name: object, why }) => `- ${kind} \`${object}\`: ${why}`)),
    '',
  ];
  return lines.join('\n');
}
