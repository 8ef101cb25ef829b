import type { Project } from './project.ts';

/** The files that a person owns. They are written once, and never again. */
export function projectFiles(project: Project, waybill: string): Readonly<Record<string, string>> {
  return {
    'pipeline.ts': pipelineText,
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
  "  // Names of tables and columns in the target: 'same', 'snake_case' or a function.",
  "  names: 'same',",
  "  // Types by column or by type of the source: { 'orders.total': 'numeric(12,2)', 'tinyint(1)': 'smallint' }.",
  '  types: {},',
  "  // Tables that stay behind, with the reason: { 'tmp_*': 'scratch tables of the old reports' }.",
  '  leftBehind: {},',
  "  // What becomes of rows without a parent: { 'orders.customer_id': 'reject' }.",
  '  orphans: {},',
  '  // Mappings that replace the generated ones of their source tables.',
  '  mappings: [],',
  "  // Objects of which more becomes than waybill makes: { kind: 'view', name: 'shop.open_orders', outcome: 'replaced', why: '…' }.",
  '  objects: [],',
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
    include: ['pipeline.ts'],
  },
  null,
  2,
)}\n`;

const environmentText = `# Copy this file to .env. It is read from the working directory.
WAYBILL_SOURCE_URL=
WAYBILL_TARGET_URL=
WAYBILL_TARGET_DATABASE=
`;

function readmeText({ name, mappings, decisions, inventory }: Project): string {
  const behind = inventory.filter(({ outcome }) => outcome === 'left behind');
  const lines = [
    `# ${name}`,
    '',
    `A migration of ${mappings.length} tables to PostgreSQL, made by waybill from the source.`,
    '',
    '- `pipeline.ts` holds what people decide.',
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
