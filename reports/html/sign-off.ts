import { type ComponentChildren, h } from 'preact';
import type { Report } from '../model.ts';
import { facts, section } from './page/elements.ts';

/** Renders lines to sign on paper, with what the signatures are for. */
export function signOff({ runId, verdict, log }: Report): ComponentChildren {
  const blank = ['Name', 'Role', 'Date', 'Signature'];
  return section(
    'sign-off',
    'Sign-off',
    facts([
      ['Run', h('code', null, runId)],
      ['Verdict', verdict.toUpperCase()],
      ['Head of the log', h('code', null, log.head)],
    ]),
    [1, 2].map(() =>
      h(
        'div',
        { class: 'signature' },
        blank.map((label) => h('p', null, label)),
      ),
    ),
  );
}
