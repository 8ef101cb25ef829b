import { expect, test } from 'vitest';
import { causesText, rejectText } from '../../../cli/output/reject-text.ts';
import type { PlannedMapping } from '../../../core/mapping/plan/plan.ts';
import type { RejectRecord } from '../../../core/model/records.ts';
import type { Reject } from '../../../engine/rejects/reject-causes.ts';

const key = 'id=\u001b[1A\u001b[2K, name=a\nb';

const record: RejectRecord = {
  ...{ kind: 'reject', run: 'r1', mapping: 'c01.a > as', part: 1, key, stage: 'load', column: null, rule: 'refused' },
  ...{ sqlstate: '23505', constraint: 'as_pkey', row: ['\u001b[0m'] },
};
const columns = [{ name: 'name' }];
const planned = { name: 'c01.a > as', columns, source: { columns, key: [] }, target: { key: [] } };
const reject: Reject = { place: '000001:1', record, planned: planned as unknown as PlannedMapping };

test('escape sequences and line feeds of a key are shown, not sent to the terminal', () => {
  const text = causesText('r1', [{ number: 1, parent: null, depth: 0, rejects: [reject] }]);
  expect(text).toContain('id=\\u{1b}[1A\\u{1b}[2K, name=a\\u{a}b');
  expect(text).not.toContain('\u001b');
});

test('so are those of the values of a rejected row', () => {
  const text = rejectText(reject, true);
  expect(text).toContain('\\u{1b}[0m');
  expect(text).not.toContain('\u001b');
});
