/** Colours by role. Text has a contrast of at least 4.5 to its background in both schemes (WCAG AA; a test computes it). */
export const palettes = {
  light: {
    paper: '#f7f6f2',
    card: '#ffffff',
    ink: '#1b2330',
    soft: '#565f6e',
    faint: '#666d7a',
    line: '#dfdcd3',
    link: '#1d4f8f',
    good: '#17633f',
    'good-ground': '#e3f2e9',
    bad: '#a3201c',
    'bad-ground': '#fbe6e3',
    odd: '#7a4a00',
    'odd-ground': '#fbefd6',
  },
  dark: {
    paper: '#11151b',
    card: '#191f27',
    ink: '#e8ebf0',
    soft: '#a8b2bf',
    faint: '#8d98a6',
    line: '#303946',
    link: '#8fbcf5',
    good: '#7bd6a5',
    'good-ground': '#14301f',
    bad: '#ff9d94',
    'bad-ground': '#3d1a18',
    odd: '#f2c06a',
    'odd-ground': '#37290e',
  },
} as const;

/** Fill colours of the bars, which contain no text. */
const fills = {
  light: { loaded: '#3f7f78', rejected: '#c8402f', filtered: '#8c96a5', adjusted: '#c58a1c', empty: '#d8d4c8' },
  dark: { loaded: '#4f9c93', rejected: '#ec6b5a', filtered: '#7d8898', adjusted: '#d9a441', empty: '#3a4452' },
} as const;

function declared(scheme: 'light' | 'dark'): string {
  const roles = Object.entries(palettes[scheme]).map(([role, value]) => `--${role}: ${value}`);
  const bars = Object.entries(fills[scheme]).map(([tone, value]) => `--bar-${tone}: ${value}`);
  return [...roles, ...bars].join('; ');
}

/** The custom properties of both schemes. Print is always light. */
export const colours = `
:root { color-scheme: light dark; ${declared('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${declared('dark')} } }
@media print { :root { color-scheme: light } }
.fill-loaded { fill: var(--bar-loaded) } .fill-rejected { fill: var(--bar-rejected) }
.fill-filtered { fill: var(--bar-filtered) } .fill-empty { fill: var(--bar-empty) }
.fill-pass { fill: var(--bar-loaded) } .fill-fail, .fill-open { fill: var(--bar-rejected) }
.fill-incomplete { fill: var(--bar-adjusted) }
.tone-rejected, .tone-fail { color: var(--bad); font-weight: 600 }
.tone-adjusted, .tone-incomplete { color: var(--odd); font-weight: 600 }
.tone-filtered { font-weight: 600 }
`;
