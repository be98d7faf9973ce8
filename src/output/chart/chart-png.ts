import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import { PAGE } from './house-style.ts';

/** Twice as fine as a screen, for paper. */
const PIXELS = 2 * PAGE.width;
/** What the font that is shipped has: Latin, Greek, Cyrillic and marks. Whatever else there is must be asked for. */
const BEYOND_FONT = /[^\n\u0020-\u052f\u1e00-\u22ff\u25a0-\u25ff]/;
const FONTS = [
  import.meta.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf'),
];

/**
 * An SVG drawing as PNG. Its font is shipped, so it looks the same on every machine; fonts of the machine are looked
 * for only where a name has signs that this one lacks.
 */
export async function chartPng(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: PIXELS },
    font: {
      fontFiles: FONTS.map((url) => fileURLToPath(url)),
      loadSystemFonts: BEYOND_FONT.test(svg),
      defaultFontFamily: 'Source Sans 3',
      sansSerifFamily: 'Source Sans 3',
    },
  });
  return image.asPng();
}
