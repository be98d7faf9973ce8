import { extname } from 'node:path';
import { InvalidArgumentError } from 'commander';

const ENDINGS = ['.svg', '.png'] as const;

/** Reads the name of the file of a chart, the ending of which says how it is drawn. */
export function parseChartOption(file: string): string {
  if (ENDINGS.some((ending) => extname(file).toLowerCase() === ending)) return file;
  throw new InvalidArgumentError('It ends in neither .svg nor .png, which says how it is drawn.');
}
