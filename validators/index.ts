import type { Validator } from '../core/check.ts';
import { accounting } from './accounting.ts';
import { checksums } from './checksums.ts';
import { counts } from './counts.ts';

/** All validators, in the order in which they run: cheap ones first. */
export const validators: readonly Validator[] = [accounting, counts, checksums];
