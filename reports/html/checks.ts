import { type ComponentChildren, h } from 'preact';
import { verdictCounts } from '../../core/validation/check.ts';
import type { CheckReport, Report } from '../model.ts';
import { byValidator, type ValidatorSummary } from '../summary.ts';
import { comparand, counted } from '../wording.ts';
import { bar, type Column, chip, dataTable, figure, folded, keyList, section } from './elements.ts';

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
          groups.map((group) => ({ cells: matrixCells(group, report) })),
          ['All', ...figures(verdictCounts(report.checks)), '', chip(report.verdict)],
        ),
  );
}

const matrixColumns: readonly Column[] = [
  { title: 'Validator' },
  { title: 'Passed', kind: 'count' },
  { title: 'Failed', kind: 'count' },
  { title: 'Incomplete', kind: 'count' },
  { title: 'Not applicable', kind: 'count' },
  { title: 'Share' },
  { title: 'Verdict' },
];

function matrixCells(group: ValidatorSummary, { descriptions }: Report): readonly ComponentChildren[] {
  const { pass, fail, incomplete } = group.counts;
  const segments = [
    { amount: fail, tone: 'fail' },
    { amount: incomplete, tone: 'incomplete' },
    { amount: pass, tone: 'pass' },
  ];
  const name = [
    h('a', { href: `#${anchor(group.check)}` }, group.check),
    h('span', { class: 'remark' }, descriptions.find(({ name: described }) => described === group.check)?.proves),
  ];
  return [name, ...figures(group.counts), bar(segments, 60), chip(group.verdict)];
}

function figures(counts: ValidatorSummary['counts']): readonly ComponentChildren[] {
  const { pass, fail, incomplete, 'not-applicable': vacuous } = counts;
  return [figure(pass), figure(fail, 'fail'), figure(incomplete, 'incomplete'), figure(vacuous)];
}

function anchor(check: string): string {
  return `check-${check.replace(/[^\w-]/g, '-')}`;
}

/** Renders every check by validator: failed and incomplete ones in full, passed ones folded. */
export function checkList(report: Report): ComponentChildren {
  return section('evidence', 'Every check', byValidator(report.checks).map(validator));
}

function validator(group: ValidatorSummary): ComponentChildren {
  const id = anchor(group.check);
  const open = group.checks.filter((one) => one.verdict !== 'pass');
  const passed = group.checks.filter((one) => one.verdict === 'pass');
  return h(
    'section',
    { id, class: open.length === 0 ? 'validator' : 'validator has-findings', 'aria-labelledby': `${id}-title` },
    h('h3', { id: `${id}-title` }, group.check),
    open.map(finding),
    passed.length === 0 ? null : passes(group.check, passed),
  );
}

function finding(check: CheckReport): ComponentChildren {
  return h(
    'article',
    { class: `finding ${check.verdict}` },
    h('h4', null, chip(check.verdict), ' ', h('code', null, check.subject)),
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
