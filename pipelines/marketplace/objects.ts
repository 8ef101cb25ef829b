import { decide, type ObjectDecision } from '../../public/index.ts';

/** What becomes of the objects that the mappings and relations do not answer for. */
export const objectDecisions: readonly ObjectDecision[] = [
  ...decide('default', 'left behind', ['*'], 'the target has none; the new application gives every value'),
  ...decide('grant', 'left behind', ['*'], 'roles belong to the target'),
];
