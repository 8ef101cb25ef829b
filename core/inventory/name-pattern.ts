/** Makes the test of a pattern in which `*` stands for any characters. */
export function matcherOf(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const regex = new RegExp(`^${source}$`, 'su');
  return (name) => regex.test(name);
}
