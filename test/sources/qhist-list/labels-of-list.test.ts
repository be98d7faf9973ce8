import { describe, expect, it } from 'vitest';
import { labelsOfList } from '../../../src/sources/qhist-list/labels-of-list.ts';
import { listOf, recordOf, SAMPLE } from './list-text.ts';

const LABELS = Object.keys(SAMPLE).map((label) => label.replace(/ \(.*/, ''));
const GOOD = recordOf('1.s');
const CUT_OFF = `${GOOD.split('\n').slice(0, 8).join('\n')}\n`;

describe('the labels of a list', () => {
  it('are those of its records, without units', () => {
    expect(labelsOf(listOf([GOOD, GOOD]))).toEqual(LABELS);
  });

  it('are those of most records, whichever is damaged', () => {
    expect(labelsOf(listOf([CUT_OFF, GOOD, GOOD]))).toEqual(LABELS);
    expect(labelsOf(listOf([GOOD, 'no record\n', CUT_OFF, GOOD]))).toEqual(LABELS);
    expect(labelsOf(listOf([GOOD.slice(4), GOOD, GOOD]))).toEqual(LABELS);
  });

  it('are not those of a record that the end of the text cuts off', () => {
    const text = listOf([GOOD, GOOD]);
    for (let length = listOf([GOOD]).length; length < text.length; length++) {
      expect(labelsOf(text.slice(0, length))).toEqual(LABELS);
    }
  });

  it('are none where there is no record', () => {
    for (const text of ['', '\n', GOOD.slice(0, 100), 'no record\n\n']) {
      expect(labelsOf(text)).toEqual([]);
    }
  });
});

function labelsOf(text: string): string[] {
  return labelsOfList(Buffer.from(text));
}
