import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { loadPipeline } from '../../operations/modules/load-pipeline.ts';
import { workFolder } from '../support/cli.ts';

let folder: string;
let count = 0;
const core = (path: string): string => pathToFileURL(resolve(import.meta.dirname, '../../core/mapping', path)).href;

/** What a user's module imports, and a correct pipeline around its columns. */
const head = `
  import { mappingsOf } from '${core('mapping.ts')}';
  import { bool, carry, constant, date, derive, id, idOfRow, ref } from '${core('rules.ts')}';
  import { firstOf, jsonWith, narrow, parsed, pointsAt, relabel, utc, uuid } from '${core('typed-rules.ts')}';
  import { point, wkb } from '${core('geometry-rules.ts')}';
  const contract = { key: ['id'], columns: { id: 'integer not null' } };
  const target = { schema: 'x', contract: { b: contract }, migrations: 'm', loadVersion: 1, finalVersion: 1, unmapped: {} };
  const source = { dialect: 'postgres', contract: { public: { a: contract } } };
  const rest = { name: 'p', title: 't', source, target, relations: [], params: {}, tenantParam: null, seed: () => ({}) };
  const mapping = mappingsOf();
  const pipeline = (columns) => ({ ...rest, mappings: [mapping({ from: 'public.a', to: 'b', columns })] });
`.replaceAll('\n', ' ');

beforeAll(async () => {
  folder = await workFolder();
});

/** The error of a module whose third line is this. */
async function failure(line: string): Promise<{ code: string; message: string; hint: string }> {
  const path = join(folder, `module${++count}.mjs`);
  await writeFile(path, `${head}\n\n${line}\n`);
  const error = await loadPipeline(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  const { code, message, hint } = error as { code: string; message: string; hint: string };
  return { code, message: message.replace(path, 'MODULE'), hint };
}

const usage = "Write it like this: ref('country', 'country_id', { orphan: 'reject' })";

describe('a rule that is called wrongly', () => {
  it.each([
    ["ref('country', 'country_id')", 'The rule ref lacks its options, an object with orphan, none, when, fold.'],
    ["ref('country', 'country_id', {})", "The rule ref lacks its option orphan, 'null' or 'reject'."],
    ["ref('country', 'country_id', { orphan: 'nul' })", "The option orphan of the rule ref is not 'null' or 'reject'."],
    [
      "ref('country', 'country_id', { orphen: 'null' })",
      'The rule ref has no option orphen, but orphan, none, when, fold.',
    ],
    [
      "ref('country', 'country_id', { orphan: 'null', none: '0' })",
      'The option none of the rule ref is not a list of texts.',
    ],
  ])('%s names the module, the line and what is missing', async (call, problem) => {
    const { code, message, hint } = await failure(`export default pipeline({ id: ${call} });`);
    expect({ code, message, hint }).toEqual({
      code: 'configuration',
      message: `MODULE, line 3: ${problem}`,
      hint: usage,
    });
  });

  it.each([
    ['carry()', 'The rule carry lacks its column'],
    ['ref()', 'The rule ref lacks its parent table'],
    ["id('id', 'number')", "The keyedBy of the rule id is not 'integer' or 'text'"],
    ["idOfRow('id')", 'The columns of the rule id-of-row is not a list'],
    ["date('id', { sentinel: [] })", 'The rule date has no option sentinel, but sentinels, zero'],
    ["date('id', { zero: '1970-02-30' })", "The option zero of the rule date is not a date such as '1970-01-01'"],
    ["date('id', { zero: '1900-02-29' })", "The option zero of the rule date is not a date such as '1970-01-01'"],
    ["utc('id', { zero: '0000-00-00' })", "The option zero of the rule utc is not a date such as '1970-01-01'"],
    ["bool('id', {})", 'The rule boolean lacks its option true, a list of texts'],
    ["bool('id', { true: ['Y'] })", 'The rule boolean lacks its option false, a list of texts'],
    ["bool('id', { true: 'Y', false: ['N'] })", 'The option true of the rule boolean is not a list of texts'],
    ["bool('id', { true: ['Y'], false: ['Y'] })", "The rule boolean has two meanings for the label 'Y'"],
    [
      "bool('id', { true: ['Y'], false: ['N'], other: 'drop' })",
      "The option other of the rule boolean is not 'reject'",
    ],
    ["uuid('id', { order: 'swap' })", "The option order of the rule uuid is not 'plain' or 'swapped'"],
    ["parsed('id', { format: 'DD.MM.YY' })", "The option format of the rule parsed is not 'YYYY-MM-DD' or"],
    ["uuid('id', { swapped: true })", 'The rule uuid has no option swapped, but order'],
    ["narrow('id', { range: 'null' })", 'The rule narrow has no option range, but outOfRange'],
    ['wkb()', 'The rule wkb lacks its column'],
    ["wkb('id', { srid: '4326' })", 'The option srid of the rule wkb is not a whole number'],
    ["point('id', { other: 'null' })", 'The rule point has no option other, but srid, otherSrid'],
    ["constant('x', 'y')", 'The value of the rule constant is not a function'],
    ["derive(['id'], 'text', () => null)", 'The type of the rule derive is not a type'],
    ["derive(['id'], { kind: 'text', native: 'text' })", 'The rule derive lacks its function'],
    ["relabel('id')", 'The rule relabel lacks its names'],
    ["jsonWith('a', 'b')", 'The rule json-with lacks its columns'],
    ["firstOf(carry('id'), carry('id'))", 'The keys of the rule first-of is not a survey'],
    ["pointsAt('b', carry('id'))", "The rule points-at lacks its orphan handling, 'null' or 'reject'"],
    [
      "ref('b', 'id', { orphan: 'null', fold: ['Case'] })",
      "The option fold of the rule ref is not a list of 'case', 'accents', 'trailing-blanks', or a function",
    ],
    ["pointsAt('b', carry('id'), 'null', 'id')", 'The options of the rule points-at is not an object'],
    ["'carry'", "A mapping is wrong: the column id of the mapping public.a > b is not a rule such as carry('id')"],
  ])('%s is a configuration error', async (call, problem) => {
    const { code, message } = await failure(`export default pipeline({ id: ${call} });`);
    expect([code, message.replace(/^MODULE, line [13]: /, '')]).toEqual([
      'configuration',
      expect.stringContaining(problem),
    ]);
  });
});

describe('a module that is not a pipeline', () => {
  it.each([
    ['export const x = 1;', 'the module has no default export'],
    ['export default null;', 'its default export is a null'],
    ['export default () => rest;', 'its default export is a function'],
    ["export default carry('id');", 'its default export is a rule'],
    ["export default mapping({ from: 'public.a', to: 'b', columns: {} });", 'its default export is a mapping'],
    ["export default { ...rest, mappings: [carry('id')] };", 'mappings.0: a rule is not a mapping'],
    ["export default { ...rest, mappings: [{ to: 'b' }] };", 'mappings.0: a mapping lacks its source table, from'],
    ['export default { ...rest, mappings: [] };', 'mappings: '],
    [
      "export default { ...pipeline({}), objects: [{ kind: 'vew', name: 'a', outcome: 'replaced', why: 'b' }] };",
      'objects.0.kind: ',
    ],
    [
      "export default { ...pipeline({}), objects: [{ kind: 'view', name: 'a', outcome: 'replaced', why: '' }] };",
      'objects.0.why: gives no reason',
    ],
  ])('%s', async (line, problem) => {
    const { code, message } = await failure(line);
    expect([code, message]).toEqual(['configuration', expect.stringContaining(`is not a pipeline: ${problem}`)]);
  });
});

describe('a module that cannot be loaded', () => {
  it('names the line of the error', async () => {
    const { code, message } = await failure('export default rest.nothing.here;');
    expect(code).toBe('configuration');
    expect(message).toMatch(/^MODULE cannot be loaded, line 3: TypeError: /);
  });

  it('shows no message that may hold a secret', async () => {
    const { message } = await failure("throw new Error('postgres://reader:Hunter2@host');");
    expect(message).toBe('MODULE cannot be loaded, line 3: it threw Error');
  });
});

test('a TypeScript module has the classes of the waybill that loads it', async () => {
  const path = join(folder, 'throws.ts');
  await writeFile(
    path,
    `import { WaybillError } from 'waybill';\nthrow new WaybillError('usage', 'mine', { hint: 'x' });\n`,
  );
  await expect(loadPipeline(path)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('mine') });
});
