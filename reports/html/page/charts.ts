import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type ComponentChildren, h } from 'preact';

/** A chart: its title, what it shows in words for those who do not see it, and what Plot draws. */
interface Chart {
  readonly title: string;
  readonly words: string;
  readonly options: Plot.PlotOptions;
}

/** Wide enough for a phone without being scaled. */
const WIDTH = 430;
const BAR = 24;
/** Longer names are cut. */
const MAX_NAME = 24;

/** Renders a chart as inline SVG. Its colours are custom properties, so they follow the scheme. */
function chart({ title, words, options }: Chart): ComponentChildren {
  const { document } = parseHTML('<html><body></body></html>');
  const drawn = Plot.plot({
    ...{ width: WIDTH, marginLeft: 166, marginRight: 74, className: 'plot', ...options },
    document: document as unknown as Document,
  });
  drawn.querySelector('style')?.remove();
  for (const part of drawn.querySelectorAll('[aria-label], [aria-hidden]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-hidden');
  }
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', null, title),
    // Plot writes names as text nodes, which are escaped.
    h('div', { role: 'img', 'aria-label': `${title}: ${words}`, dangerouslySetInnerHTML: { __html: drawn.outerHTML } }),
  );
}

/** A bar of a chart. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value as it is written. */
  readonly text: string;
  /** A second value of the same bar, drawn as a diamond. */
  readonly mark?: number;
}

/** Draws horizontal bars with their values, in the given order. On a logarithmic scale bars begin at 1. */
export function bars(title: string, all: readonly Bar[], tone: string, isLogarithmic = false): ComponentChildren {
  const start = isLogarithmic ? 1 : 0;
  const shown = all.map((bar) => ({ ...bar, short: shortName(bar.name), end: Math.max(start, bar.value) }));
  const marked = shown.filter(({ mark = 0 }) => mark > 0);
  return chart({
    title,
    words: `${all.map(({ name, text }) => `${name} ${text}`).join('; ')}.`,
    options: {
      ...scalesOf(shown.map(({ name }) => name)),
      x: {
        axis: null,
        ...(isLogarithmic ? { type: 'log', domain: [1, Math.max(10, ...shown.map(({ end }) => end))] } : {}),
      },
      marks: [
        Plot.barX(shown, {
          y: 'name',
          x1: () => start,
          x2: 'end',
          fill: `var(--bar-${tone})`,
          insetTop: 4,
          insetBottom: 4,
        }),
        Plot.text(shown, { y: 'name', x: 'end', text: 'text', textAnchor: 'start', dx: 5 }),
        Plot.dot(marked, { ...{ y: 'name', x: 'mark', symbol: 'diamond', r: 5 }, ...markColours }),
      ],
    },
  });
}

const markColours = { fill: 'var(--bar-rejected)', stroke: 'var(--card)' };

/** A stretch of time, in seconds since the start. */
export interface Stretch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Draws stretches of time on one axis, each name on its own line. */
export function timeline(title: string, all: readonly Stretch[]): ComponentChildren {
  const longest = Math.max(1, ...all.map(({ to }) => to));
  const [unit, seconds] = longest > 7200 ? ['hours', 3600] : longest > 120 ? ['minutes', 60] : ['seconds', 1];
  const shown = all.map((one) => ({
    ...one,
    x1: one.from / seconds,
    x2: Math.max(one.to, one.from + longest / 200) / seconds,
  }));
  return chart({
    title,
    words: `${all.map(({ name, text }) => `${name} ${text}`).join('; ')}.`,
    options: {
      ...scalesOf(shown.map(({ name }) => name)),
      marginBottom: 36,
      x: { label: unit, domain: [0, longest / seconds], ticks: 5, labelArrow: 'none' },
      marks: [
        Plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.barX(shown, { y: 'name', x1: 'x1', x2: 'x2', fill: 'var(--bar-loaded)', insetTop: 4, insetBottom: 4 }),
        Plot.text(shown, { y: 'name', x: 'x2', text: 'text', textAnchor: 'start', dx: 5 }),
      ],
    },
  });
}

function scalesOf(names: readonly string[]): Plot.PlotOptions {
  const domain = [...new Set(names)];
  const y = { label: null, domain, tickSize: 0, tickFormat: shortName };
  return { height: domain.length * BAR + 44, marginTop: 4, y };
}

function shortName(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1)}…`;
}
