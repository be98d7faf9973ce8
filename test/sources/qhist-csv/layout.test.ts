import { describe, expect, it } from 'vitest';
import {
  LABELS,
  MEMORY_UNITS,
  TIME_UNITS,
  type TimeUnit,
} from '../../../src/sources/qhist-csv/labels.ts';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { SourceError } from '../../../src/sources/source-error.ts';
import { ALL_LABELS } from './export-line.ts';

const REQUIRED = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End'];
const FILE = '/data/jobs.csv';

const labelsOfKind = (wanted: string) =>
  [...LABELS].filter(([, { kind }]) => kind === wanted).map(([label]) => label);
const TIME_UNIT_NAMES: TimeUnit[] = ['s', 'm', 'h', 'd'];

describe('each label of qhist', () => {
  it.each([...LABELS])('%s', (label, field) => {
    const { layout, unknownLabels } = headerWith(label);
    expect(unknownLabels).toEqual([]);
    expect(layout.columns.find((column) => column.label === label)?.field).toEqual(field);
  });

  it.each(ALL_LABELS)('%s has a meaning of its own', (label) => {
    expect(LABELS.has(label)).toBe(true);
  });
});

describe('the unit of a duration', () => {
  const labels = labelsOfKind('duration');

  it.each(labels.flatMap((label) => TIME_UNIT_NAMES.map((unit) => ({ label, unit }))))(
    '$label ($unit) stands in the header',
    ({ label, unit }) => {
      for (const option of TIME_UNIT_NAMES) {
        expect(scaleOf(`${label} (${unit})`, option)).toBe(TIME_UNITS[unit]);
      }
    },
  );

  it.each(labels.flatMap((label) => TIME_UNIT_NAMES.map((unit) => ({ label, unit }))))(
    '$label without a unit is in what the option says: $unit',
    ({ label, unit }) => {
      expect(scaleOf(label, unit)).toBe(TIME_UNITS[unit]);
    },
  );

  it('is the same for all: CPU Time, whose label never shows one, follows its neighbours', () => {
    const { layout } = readHeader(
      FILE,
      `${REQUIRED.join(',')},CPU Time,Elapsed (m),Walltime (m)`,
      'h',
    );
    expect(layout.columns.slice(REQUIRED.length).map(({ scale }) => scale)).toEqual([60, 60, 60]);
  });

  it.each(labels)('%s in a unit that is none', (label) => {
    const message = messageFor(`${REQUIRED.join(',')},${label} (min)`);
    expect(message).toContain(FILE);
    expect(message).toContain(`"${label} (min)"`);
    expect(message).toContain('allowed are s, m, h, d');
  });
});

describe('the unit of a memory size', () => {
  const labels = labelsOfKind('memory');

  it.each(
    labels.flatMap((label) =>
      Object.entries(MEMORY_UNITS).map(([unit, scale]) => ({ label, unit, scale })),
    ),
  )('$label ($unit) stands in the header', ({ label, unit, scale }) => {
    expect(scaleOf(`${label} (${unit})`, 'd')).toBe(scale);
  });

  it.each(labels)('%s may have it without a blank before, as an older qhist prints it', (label) => {
    expect(scaleOf(`${label}(GB)`, 'd')).toBe(2 ** 30);
    expect(scaleOf(`${label}(KB)`, 'd')).toBe(2 ** 10);
  });

  it.each(labels)('%s without a unit is in GB', (label) => {
    expect(scaleOf(label, 'd')).toBe(2 ** 30);
  });

  it.each(labels)('%s in a unit that is none', (label) => {
    const message = messageFor(`${REQUIRED.join(',')},${label} (GiB)`);
    expect(message).toContain(FILE);
    expect(message).toContain(`"${label} (GiB)"`);
    expect(message).toContain('allowed are B, KB, MB, GB, TB');
  });

  it.each(['constructor', 'toString', '__proto__', ''])('(%s) is none either', (unit) => {
    expect(messageFor(`${REQUIRED.join(',')},Used Mem (${unit})`)).toContain('allowed are B, KB');
  });
});

describe('other columns', () => {
  it('have no scale, with or without a unit', () => {
    for (const [label, { kind }] of LABELS) {
      if (kind === 'duration' || kind === 'memory') continue;
      expect([label, scaleOf(label, 'd')]).toEqual([label, 1]);
    }
    expect(scaleOf('Avg CPU (%)', 'd')).toBe(1);
    expect(scaleOf('Waittime (h)', 'd')).toBe(1);
  });

  it('keep nothing of what no label means, and say so', () => {
    const { layout, unknownLabels } = headerWith('Energy (J)', 'job name', 'GPU0 Pow (W)', '');
    expect(unknownLabels).toEqual(['Energy (J)', 'job name', 'GPU0 Pow (W)', '']);
    expect(layout.columns.slice(REQUIRED.length).map(({ field }) => field.kind)).toEqual(
      Array(4).fill('ignored'),
    );
  });

  it('keep the first of a repeated label and are not surprised by the second', () => {
    const { layout, unknownLabels } = readHeader(FILE, ALL_LABELS.join(','), 'h');
    expect(unknownLabels).toEqual([]);
    expect(layout.columns.slice(0, 2).map(({ field }) => field.kind)).toEqual([
      'job-id',
      'ignored',
    ]);
    const repeated = headerWith('Used Mem (GB)', 'Used Mem (KB)').layout.columns;
    expect(repeated.at(-2)).toMatchObject({ field: { kind: 'memory' }, scale: 2 ** 30 });
    expect(repeated.at(-1)).toMatchObject({ field: { kind: 'ignored' } });
  });
});

describe('a header that lacks a column which every job needs', () => {
  it.each(REQUIRED)('%s', (missing) => {
    const labels = [...REQUIRED, 'Elapsed'].filter((label) => label !== missing);
    const message = messageFor(labels.join(','));
    expect(message).toContain(`${FILE}: the export lacks "${missing}"`);
    expect(message).toContain('Export at least the fields id, user, queue, submit and end');
  });

  it('names all that are missing', () => {
    expect(messageFor('Job ID,Account,User')).toContain('lacks "Job Submit", "Job End", "Queue"');
  });
});

describe('a line that is no header of qhist', () => {
  it.each([
    ['nothing', ''],
    ['a single word', 'User'],
    ['the fields by name', 'id,user,queue,submit,end'],
    ['an accounting log', '01/01/2026 00:00:01;E;4520930.sched1;user=ada group=hpc'],
    ['JSON', '{"timestamp": 1767250801,'],
    ['bytes', '\u0000\u0001\uFFFD'],
  ])('%s', (_, line) => {
    const message = messageFor(line);
    expect(message).toContain(`${FILE}: not a qhist export`);
    expect(message).toContain('qhist --csv');
  });
});

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('may be %j', (delimiter) => {
    const { layout, unknownLabels } = readHeader(FILE, ALL_LABELS.join(delimiter), 'h');
    expect(unknownLabels).toEqual([]);
    expect(layout.delimiter).toBe(delimiter);
    expect(layout.columns.map(({ label }) => label)).toEqual(ALL_LABELS);
  });

  it('is the one that makes the most of the labels', () => {
    const { layout } = readHeader(FILE, `${REQUIRED.join(';')};a,b,User,Queue`, 'h');
    expect(layout.delimiter).toBe(';');
  });
});

describe('the labels', () => {
  it('may be quoted or stand between blanks', () => {
    const plain = readHeader(FILE, `${REQUIRED.join(',')},Used Mem (GB),x`, 'h');
    const labels = [...REQUIRED, 'Used Mem (GB)', 'x'];
    for (const line of [labels.map((label) => `"${label}"`).join(','), ` ${labels.join(' , ')} `]) {
      const { layout, unknownLabels } = readHeader(FILE, line, 'h');
      expect(layout.columns).toEqual(plain.layout.columns);
      expect(layout.header).toBe(line);
      expect(unknownLabels).toEqual(['x']);
    }
  });

  it('cross to another thread with the layout', () => {
    const { layout } = readHeader(FILE, ALL_LABELS.join(','), 'h');
    expect(structuredClone(layout)).toEqual(layout);
  });
});

function headerWith(...labels: string[]) {
  return readHeader(FILE, [...new Set([...REQUIRED, ...labels])].join(','), 'h');
}

function scaleOf(label: string, option: TimeUnit): number | undefined {
  const others = REQUIRED.filter((other) => other !== label);
  return readHeader(FILE, [...others, label].join(','), option).layout.columns.at(-1)?.scale;
}

function messageFor(line: string): string {
  try {
    readHeader(FILE, line, 'h');
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
  throw new Error(`the header was accepted: ${line}`);
}
