import { expect, test } from 'vitest';
import { canRedraw, hasColour } from '../../../cli/terminal.ts';

test.each<[isTTY: boolean, environment: Record<string, string>, colour: boolean, redraw: boolean]>([
  [true, {}, true, true],
  [false, {}, false, false],
  [true, { TERM: 'dumb' }, false, false],
  [true, { NO_COLOR: '1' }, false, true],
  [true, { NO_COLOR: '' }, true, true],
  [false, { FORCE_COLOR: '1' }, true, false],
  [false, { FORCE_COLOR: '' }, true, false],
  [true, { FORCE_COLOR: '0' }, false, true],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])('terminal %s with %j: colour %s, redraw %s', (isTTY, environment, colour, redraw) => {
  expect(hasColour({ isTTY }, environment)).toBe(colour);
  expect(canRedraw({ isTTY }, environment)).toBe(redraw);
});
