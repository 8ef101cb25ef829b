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

/**
 * Fill colours of charts and swatches. Loaded and rejected have a contrast of at least 3 to each other, and every tone but `empty` has
 * it to the card, so that they differ without their hue (a test computes it).
 */
export const fills = {
  light: { loaded: '#0d4641', rejected: '#e0654f', filtered: '#7d8796', adjusted: '#b9770e', empty: '#d8d4c8' },
  dark: { loaded: '#aae6dd', rejected: '#d2493a', filtered: '#7d8898', adjusted: '#c9902f', empty: '#3a4452' },
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
.tone-rejected, .tone-fail { color: var(--bad); font-weight: 600 }
.tone-adjusted, .tone-incomplete { color: var(--odd); font-weight: 600 }
.tone-filtered { font-weight: 600 }
`;
