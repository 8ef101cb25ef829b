import { legacy } from './public.ts';

/** The old schema that the pipeline expects, by its logical name. */
export const source = { public: legacy };
