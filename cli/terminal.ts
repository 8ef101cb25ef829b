/**
 * Whether a stream gets colours: a terminal does. NO_COLOR (no-color.org), TERM=dumb and FORCE_COLOR (Node's own, 0 for none) override it.
 */
export function hasColour(stream: Pick<NodeJS.WriteStream, 'isTTY'>, environment = process.env): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Whether a stream can move its cursor, to draw over what it showed before. */
export function canRedraw(stream: Pick<NodeJS.WriteStream, 'isTTY'>, environment = process.env): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
