import { expect, test } from 'vitest';
import { parserOf } from '../../cli/parser.ts';

test.each([
  ['--force needs a reason, which is recorded.', ['--force']],
  ['--force needs a reason, which is recorded.', ['--force', '--reason', ' ']],
  ['--reason is only for --force.', ['--reason', 'why']],
])('%s', async (message, options) => {
  const refused = (async () => parserOf(['cutover', 'r1', ...options]).parseAsync())();
  await expect(refused).rejects.toMatchObject({ code: 'usage', message });
});
