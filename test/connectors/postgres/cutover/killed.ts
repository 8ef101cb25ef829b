import { parseAddress } from '../../../../connectors/postgres/address.ts';
import { PostgresLiveSchemas } from '../../../../connectors/postgres/cutover/live-schemas.ts';
import { appendOf, swapOf } from './clinic.ts';

/** A process that is killed at a step: `tsx killed.ts URL swap|swapBack|append|takeOut STEP`. */
const [url, change, at] = process.argv.slice(2) as [string, 'swap' | 'swapBack' | 'append' | 'takeOut', string];
const schemas = await PostgresLiveSchemas.open(parseAddress(url, 'target'), {});
const onStep = (step: string): void => {
  if (step === at) process.kill(process.pid, 'SIGKILL');
};
if (change === 'swap') await schemas.swap({ cutover: swapOf, carries: [], proved: null }, onStep);
else if (change === 'swapBack') await schemas.swapBack(swapOf, onStep);
else await schemas[change](appendOf, onStep);
