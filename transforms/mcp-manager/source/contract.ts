import { tables } from './tables.ts';

/** The source schema that the pipeline expects. The backend keeps all tables in `public`. */
export const source = { public: tables };
