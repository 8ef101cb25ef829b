import type { Validator } from '../../core/check.ts';
export const authentication: Validator = { name: 'authentication', async *run() {} };
