import type { Measure } from '../../reports/charts/figure.ts';

/**
 * How all charts look: dark text on white, thin grey rules behind, no frame, no shadow, no movement. Everything is in
 * pixels.
 */
export const PAGE = { width: 960, left: 24, right: 24, bottom: 16 } as const;

/** The first that a browser has; PNG files are drawn with the first, which is shipped. */
export const FONT_FAMILY =
  "'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif";

export const SIZE = { title: 20, subtitle: 14, heading: 15, text: 12 } as const;
/** What a letter is wide, as a share of its size: rather too much, for the fonts of other programs are wider. */
const LETTER = 0.5;

export const INK = {
  text: '#1a1a1a',
  faint: '#555555',
  rule: '#e0e0e0',
  axis: '#888888',
  background: '#ffffff',
  /** What stands for others or for the unknown. */
  aside: '#b3b9bf',
} as const;

/**
 * The palette of Okabe and Ito for those who see colours otherwise, without its yellow, which is hardly seen on
 * white; in an order in which neighbours differ in grey, too.
 */
export const PALETTE = [
  '#0072b2',
  '#e69f00',
  '#000000',
  '#56b4e9',
  '#d55e00',
  '#009e73',
  '#cc79a7',
] as const;

/** A line is told by its mark as well as by its colour. */
export const MARKS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
] as const;

const COLOURS = { cpu: '#0072b2', gpu: '#009e73', other: '#5b6b7a' } as const;
/** From the largest part to the smallest. */
const RAMPS = {
  cpu: ['#08427a', '#bcd7ee'],
  gpu: ['#00533c', '#b5e2d3'],
  other: ['#2b343d', '#d5dbe1'],
} as const;

/** Whatever is of CPUs has one colour in all charts, whatever is of GPUs another. */
export function colourOf(measure: Measure): string {
  return COLOURS[resourceOf(measure)];
}

/** One hue from dark to light: parts are told by the names beside them, and their order by the shade. */
export function shadesOf(measure: Measure, count: number): string[] {
  const [dark, light] = RAMPS[resourceOf(measure)];
  return Array.from({ length: count }, (_, i) =>
    mixed(dark, light, count === 1 ? 0 : i / (count - 1)),
  );
}

/** About how wide a text will be. */
export function textWidth(columns: number, size: number): number {
  return Math.ceil(columns * size * LETTER);
}

function resourceOf({ key }: Measure): keyof typeof COLOURS {
  if (/(^|_)cpu_/.test(key)) return 'cpu';
  return /(^|_)gpu_/.test(key) ? 'gpu' : 'other';
}

function mixed(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number): number =>
    Number.parseInt(colour.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}
