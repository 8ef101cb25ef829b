import { type ComponentChildren, h } from 'preact';
import type { Report } from '../model.ts';
import { verdictSentence } from '../summary.ts';
import { duration, secondsBetween } from '../wording.ts';
import { losses } from './losses.ts';
import { facts, instant } from './page/elements.ts';

const marks = { pass: '✓', fail: '✕', incomplete: '–' } as const;

function stamp(verdict: Report['verdict']): ComponentChildren {
  return h(
    'strong',
    { class: 'stamp' },
    h('span', { 'aria-hidden': 'true' }, `${marks[verdict]} `),
    verdict.toUpperCase(),
  );
}

/** Renders the first screen: the title, the verdict, what was lost and why, and who moved what from where to where. */
export function masthead(report: Report): ComponentChildren {
  return h(
    'header',
    { class: `masthead ${report.verdict}` },
    h(
      'div',
      { class: 'page' },
      h('p', { class: 'eyebrow' }, 'waybill migration report'),
      h('h1', null, report.title),
      h('p', { class: 'verdict' }, stamp(report.verdict), h('span', null, verdictSentence(report))),
      losses(report),
      runFacts(report),
    ),
  );
}

function runFacts(report: Report): ComponentChildren {
  const { source, target, log, commands } = report;
  const [first] = commands;
  const last = commands.at(-1);
  return facts([
    ['From', [code(source.label), note(serverText(source.server))]],
    ['To', [code(target.label), ', schema ', code(target.schema), note(serverText(target.server))]],
    [
      'When',
      [
        instant(report.startedAt),
        note(`${duration(secondsBetween(report.startedAt, report.finishedAt))} until the last check`),
      ],
    ],
    ['Run', [code(report.runId), note(`pipeline ${report.pipeline}`)]],
    ['Run by', first === undefined ? 'unknown' : [whoText(first), note(`on ${first.host}`)]],
    ...(first === undefined || last === undefined || last === first
      ? []
      : [['Reported by', [whoText(last), note(`on ${last.host}, ${last.command ?? 'as a library'}`)]] as const]),
    ['Source connection', transportText(source.server)],
    ['Target connection', transportText(target.server)],
    ['Head of the log', [code(log.head), note(`after ${log.events} events`)]],
    [
      'Command',
      code(first === undefined ? 'unknown' : (first.command ?? 'none: a program called waybill as a library')),
    ],
    [
      'Signature',
      log.key === null
        ? 'This command does not sign the log.'
        : ['The log is signed when the command ends, by the key ', code(log.key)],
    ],
  ]);
}

function code(text: string): ComponentChildren {
  return h('code', null, text);
}

function note(text: string): ComponentChildren {
  return text === '' ? null : h('span', { class: 'remark' }, text);
}

/** Names the person who ran a command. */
export function whoText({ operator }: Pick<Report['commands'][number], 'operator'>): string {
  if (operator === null) return 'unknown';
  return operator.from === 'login' ? `${operator.name} (login)` : operator.name;
}

type Server = Report['source']['server'];

function serverText(server: Server): string {
  if (server === undefined) return 'server version unknown';
  return server === null ? '' : `server version ${server.version}`;
}

function transportText(server: Server): string {
  if (server === undefined) return 'unknown';
  if (server === null) return 'not applicable: files';
  if (server.encryption !== null) return `encrypted, ${server.encryption}`;
  return server.isLocal ? 'a socket of this machine' : 'not encrypted';
}
