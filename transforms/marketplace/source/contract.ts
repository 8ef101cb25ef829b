import { publicSchema } from './public.ts';

/** The legacy schema that the pipeline expects, by its logical name. */
export const source = { public: publicSchema };
