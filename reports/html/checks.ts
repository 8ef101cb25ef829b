import { type ComponentChildren, h } from 'preact';
import { verdictCounts } from '../../core/validation/check.ts';
import type { CheckReport, Report } from '../model.ts';
import { byValidator, type ValidatorSummary } from '../summary.ts';
import { comparand, counted } from '../wording.ts';
import { type Column, chip, dataTable, facts, figure, folded, keyList, section } from './page/elements.ts';

/** Renders one row per validator: how many of its checks passed, failed, are incomplete or had nothing to look at. */
export function matrix(report: Report): ComponentChildren {
  const groups = byValidator(report.checks);
  return section(
    'checks',
    'Checks',
    groups.length === 0
      ? h('p', null, 'Nothing was checked, so nothing is proved.')
      : dataTable(
          'Checks per validator',
          matrixColumns,
          groups.map((group) => ({
            class: isProblem(group.verdict) ? 'is-problem' : undefined,
            cells: matrixCells(group, report),
          })),
          ['All', ...figures(verdictCounts(report.checks)), chip(report.verdict)],
        ),
  );
}

const matrixColumns: readonly Column[] = [
  { title: 'Validator' },
  { title: 'Passed', kind: 'count' },
  { title: 'Failed', kind: 'count' },
  { title: 'Incomplete', kind: 'count' },
  { title: 'Not applicable', kind: 'count' },
  { title: 'Verdict' },
];

function matrixCells(group: ValidatorSummary, { descriptions }: Report): readonly ComponentChildren[] {
  const name = [
    group.check,
    h('span', { class: 'remark' }, descriptions.find(({ name: described }) => described === group.check)?.proves),
  ];
  return [name, ...figures(group.counts), chip(group.verdict)];
}

function isProblem(verdict: CheckReport['verdict']): boolean {
  return verdict === 'fail' || verdict === 'incomplete';
}

function figures(counts: ValidatorSummary['counts']): readonly ComponentChildren[] {
  const { pass, fail, incomplete, 'not-applicable': vacuous } = counts;
  return [figure(pass), figure(fail, 'fail'), figure(incomplete, 'incomplete'), figure(vacuous)];
}

/** Renders the checks that failed, then those that could not look at everything. */
export function problems({ checks }: Report): ComponentChildren {
  const found = (['fail', 'incomplete'] as const).flatMap((verdict) => checks.filter((one) => one.verdict === verdict));
  if (found.length === 0) return null;
  return section('problems', 'Checks that did not pass', h('div', { 'data-find': 'verdict' }, found.map(finding)));
}

/** Says what was not looked at: incomplete checks, undeclared objects, an inconsistent snapshot, and what the checks cannot see. */
export function blindSpots({ checks, inventory, source: { snapshot }, descriptions }: Report): ComponentChildren {
  const incomplete = checks.filter(({ verdict }) => verdict === 'incomplete').length;
  const undeclared = (inventory ?? []).filter(({ outcome }) => outcome === 'undeclared').length;
  const found: readonly ComponentChildren[] = [
    incomplete === 0 ? null : `${counted(incomplete, 'check')} could not look at everything; they are listed above.`,
    undeclared === 0
      ? null
      : [
          `Nobody decided about ${counted(undeclared, 'object')} of the source; see `,
          h('a', { href: '#objects' }, 'Objects'),
          '.',
        ],
    snapshot.isConsistent ? null : `The source was not read from one consistent snapshot: ${snapshot.note}`,
  ].filter((each) => each !== null);
  return section(
    'limits',
    'What could not be checked',
    found.length === 0
      ? h('p', null, 'Nothing: every check looked at everything that it has to look at.')
      : h(
          'ul',
          null,
          found.map((each) => h('li', null, each)),
        ),
    h('h3', null, 'What these checks cannot see'),
    facts(
      descriptions.map(({ name, cannotSee }) => [name, cannotSee]),
      'glossary',
    ),
  );
}

/** Renders the checks that passed or had nothing to look at, by validator. */
export function checkList(report: Report): ComponentChildren {
  const rest = report.checks.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'incomplete');
  return section(
    'evidence',
    'Every other check',
    h('div', { 'data-find': 'verdict' }, byValidator(rest).map(validator)),
  );
}

function validator({ check, checks }: ValidatorSummary): ComponentChildren {
  const vacuous = checks.filter((one) => one.verdict !== 'pass');
  const passed = checks.filter((one) => one.verdict === 'pass');
  return h(
    'div',
    { class: 'validator' },
    h('h3', null, check),
    vacuous.map(finding),
    passed.length === 0 ? null : passes(check, passed),
  );
}

function finding(check: CheckReport): ComponentChildren {
  return h(
    'article',
    { class: `finding ${check.verdict} ${isProblem(check.verdict) ? 'is-problem' : ''}`.trim() },
    h('h3', null, chip(check.verdict), ` ${check.check} `, h('code', null, check.subject)),
    check.note === undefined ? null : h('p', null, check.note),
    compared(check),
    check.sampleKeys.length === 0
      ? null
      : h('div', { class: 'look' }, h('span', null, 'Sample keys'), keyList(check.sampleKeys)),
  );
}

function compared({ expected, actual }: CheckReport): ComponentChildren {
  if (expected === null && actual === null) return null;
  return h(
    'p',
    { class: 'compared' },
    'expected ',
    h('code', null, comparand(expected)),
    actual === null ? ', nothing to compare with' : [', found ', h('code', null, comparand(actual))],
  );
}

function passes(name: string, checks: readonly CheckReport[]): ComponentChildren {
  const hasNotes = checks.some((one) => one.note !== undefined);
  const columns: readonly Column[] = [
    { title: 'Subject' },
    { title: 'Expected', kind: 'count' },
    { title: 'Found', kind: 'count' },
    ...(hasNotes ? [{ title: 'Note' }] : []),
  ];
  const rows = checks.map(({ subject, expected, actual, note }) => ({
    cells: [h('code', null, subject), comparand(expected), comparand(actual), ...(hasNotes ? [note ?? ''] : [])],
  }));
  return folded(
    [chip('pass'), h('span', null, counted(checks.length, 'check'))],
    false,
    dataTable(`${name}: checks that passed`, columns, rows),
  );
}
