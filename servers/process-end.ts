const endings = new Set<() => void>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Registers a synchronous cleanup for when this process exits or gets a signal. Returns a function that removes it.
 * A program that handles the signal itself (to stop resumably) keeps its servers until it exits.
 */
export function onProcessEnd(ending: () => void): () => void {
  if (endings.size === 0) listen();
  endings.add(ending);
  return () => {
    if (endings.delete(ending) && endings.size === 0) unlisten();
  };
}

function listen(): void {
  process.on('exit', runEndings);
  for (const name of signals) process.on(name, endBySignal);
}

function unlisten(): void {
  process.off('exit', runEndings);
  for (const name of signals) process.off(name, endBySignal);
}

function runEndings(): void {
  for (const ending of [...endings]) ending();
}

function endBySignal(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 1) return;
  runEndings();
  unlisten();
  process.kill(process.pid, name);
}
