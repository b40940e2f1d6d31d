import type { Measurement } from '../measurement.ts';
import type { Results } from '../results.ts';
import { spread } from '../summary.ts';
import { figure } from './format.ts';

/** A measurement in the chart, with the medians of its contenders. */
export interface Panel {
  readonly suite: string;
  readonly quantity: string;
  readonly title: string;
}

export const panels: readonly Panel[] = [
  {
    suite: 'quota',
    quantity: 'GetItem: event to the first answer',
    title: 'First answer of a cold function after INIT, with the CPU of 256 MB',
  },
  {
    suite: 'cold',
    quantity: 'GetItem: module load and first answer',
    title: 'Module load and first answer, with a whole CPU',
  },
  { suite: 'warm', quantity: 'GetItem, 1 at a time: CPU per request', title: 'CPU of a warm request' },
  { suite: 'twin', quantity: 'start to the first 201', title: 'From starting the local API to the first 201' },
  { suite: 'twin', quantity: 'warm latency of a GET, median', title: 'Warm GET of the local API' },
];

/**
 * Returns an SVG with bars for each panel that has results, for light and dark pages. Each panel has its own scale; less is
 * better.
 */
export const chart = (results: Results, shown: readonly Panel[] = panels): string => {
  const parts: string[] = [];
  let y = 8;
  for (const { suite, quantity, title } of shown) {
    const measurement = results[suite]?.measurements.find((candidate) => candidate.quantity === quantity);
    if (!measurement) continue;
    parts.push(`<text class="title" x="8" y="${y + 14}">${escaped(title)}</text>`);
    y += 24;
    for (const bar of bars(measurement)) {
      parts.push(barOf(bar, y));
      y += rowHeight;
    }
    y += 16;
  }
  const style = [
    'text{font:13px -apple-system,BlinkMacSystemFont,"Segoe UI",sans-serif;fill:#1f2328}',
    '.title{font-weight:600}rect{fill:#afb8c1}.ours{fill:#0969da}.ground{fill:#fff}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#57606a}.ours{fill:#4493f8}.ground{fill:#0d1117}}',
  ].join('');
  const label = 'Medians of our functions and of our local twin beside those of others; shorter is better';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-labelledby="title">`,
    `<title id="title">${label}</title><style>${style}</style>`,
    // The chart has its own background, because the image follows the color scheme of the system, and the page may have another
    // one.
    `<rect class="ground" width="${width}" height="${y}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
};

const width = 760;
const rowHeight = 20;
/** Left end of the bars, and length of the longest bar. To its right there is room for its figure. */
const left = 230;
const longest = 420;

interface Bar {
  readonly name: string;
  readonly isOurs: boolean;
  readonly length: number;
  readonly label: string;
}

/** Returns the bars of the contenders that are alternatives, the shortest first. */
const bars = ({ values, ours, unit }: Measurement): Bar[] => {
  const medians = Object.entries(values)
    .filter(([name]) => !references.has(name))
    .map(([name, rounds]) => ({ name, median: spread(rounds).median }));
  const greatest = Math.max(...medians.map(({ median }) => median));
  return medians
    .sort((a, b) => a.median - b.median)
    .map(({ name, median }) => ({
      name,
      isOurs: name === ours || name.startsWith(`${ours},`),
      length: Math.max(1, Math.round((median / greatest) * longest)),
      label: figure(median, unit),
    }));
};

/** Contenders that are not alternatives: a bound, and a handler with an empty response. */
const references: ReadonlySet<string> = new Set(['one second', 'empty handler']);

const barOf = ({ name, isOurs, length, label }: Bar, y: number): string =>
  [
    `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
    `<rect${isOurs ? ' class="ours"' : ''} x="${left}" y="${y + 3}" width="${length}" height="14" rx="2"/>`,
    `<text x="${left + length + 6}" y="${y + 14}">${escaped(label)}</text>`,
  ].join('');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
