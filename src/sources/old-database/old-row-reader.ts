import { CODED, NUMBER, TEXT } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import { readExactDecimal, readWhole } from '../fields/decimal.ts';
import { readDuration } from '../fields/duration.ts';
import { JobIdReader } from '../fields/job-id.ts';
import { countable, MALFORMED } from '../fields/malformed.ts';
import { readMemorySize } from '../fields/memory-size.ts';
import { JobCompleter } from '../job-completer.ts';
import { type LabelledTime, LocalTimeResolver } from '../local-time-resolver.ts';
import type { ReadingContext } from '../reading-context.ts';
import { Rejection } from '../reject.ts';
import { OLD_COLUMNS, type OldColumnName } from './old-columns.ts';
import { OldTimes } from './old-times.ts';

/** What SQLite may give for any column, whatever its declared type. */
export type OldValue = string | number | Buffer | null;

/** Where each value that is a text stands in the bytes of the batch, by its place in the row. */
export interface TextPlaces {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

interface OldField {
  /** In the row. */
  readonly place: number;
  readonly name: OldColumnName;
  readonly column: number;
}

interface NumberField extends OldField {
  readonly kind: 'time' | 'duration' | 'memory' | 'whole' | 'rounded' | 'decimal';
}

const REQUIRED_TIMES: readonly OldColumnName[] = ['submit', 'end'];
const REQUIRED_NAMES: readonly OldColumnName[] = ['user', 'queue'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;
const QUOTED_LIMIT = 60;

/** Reads rows of an old `jobs` table into a batch. */
export class OldRowReader {
  undecidedTimes = 0;
  readonly #builder: JobBatchBuilder;
  readonly #completer: JobCompleter;
  readonly #resolver: LocalTimeResolver;
  readonly #times: OldTimes;
  readonly #jobId = new JobIdReader();
  readonly #numbers: readonly NumberField[];
  readonly #coded: readonly OldField[];
  readonly #texts: readonly OldField[];
  readonly #jobIdPlace: number;
  /** -1 where the table has none. */
  readonly #resourcesPlace: number;

  /** @param columns what a row holds behind its row id. */
  constructor(
    context: ReadingContext,
    builder: JobBatchBuilder,
    columns: readonly OldColumnName[],
  ) {
    const { numbers, coded, texts } = fieldsOf(columns);
    this.#builder = builder;
    this.#completer = new JobCompleter(context, builder);
    const times = numbers.filter(({ kind }) => kind === 'time').map(labelled);
    this.#resolver = new LocalTimeResolver(context.sourceClock, builder, times);
    this.#times = new OldTimes(this.#resolver);
    this.#numbers = numbers;
    this.#coded = coded;
    this.#texts = texts;
    this.#jobIdPlace = placeOf(columns, 'job_id');
    this.#resourcesPlace = placeOf(columns, 'resources');
  }

  /**
   * @param line how many row ids of the range come before.
   * @throws Rejection where the row is no job; nothing of it is kept.
   */
  readJob(row: readonly OldValue[], places: TextPlaces, line: number): void {
    this.#checkTexts(row);
    this.#readJobId(row, places);
    this.#readNumbers(row, places);
    const decided = this.#resolver.resolveRow();
    this.#completer.repairTimes();
    this.#completer.checkTimes();
    // Last, so that no name of a row that is rejected gets into the tables of names.
    this.#readTexts(places);
    this.#builder.setNumber(NUMBER.line, line);
    this.#builder.endRow();
    if (!decided) this.undecidedTimes++;
  }

  #checkTexts(row: readonly OldValue[]): void {
    for (const { place, name } of [...this.#coded, ...this.#texts]) {
      const value = row[place];
      if (value === null || value === '') {
        if (!REQUIRED_NAMES.includes(name)) continue;
        throw new Rejection('missing-value', `"${name}" is missing or empty`);
      }
      if (value instanceof Uint8Array) {
        throw new Rejection('bad-encoding', `"${name}" holds bytes and no text`);
      }
      if (typeof value === 'string' && CONTROL_CHARACTER.test(value)) {
        throw new Rejection(
          'control-character',
          `"${name}" is ${quoted(value)}, which holds control characters`,
        );
      }
    }
  }

  #readJobId(row: readonly OldValue[], { starts, ends }: TextPlaces): void {
    const place = this.#jobIdPlace;
    const id = this.#jobId;
    id.read(this.#builder.bytes, starts[place], ends[place]);
    if (id.shortId === MALFORMED) {
      const value = quoted(row[place]);
      throw new Rejection(
        'bad-job-id',
        `the job id is ${value}, not a job id such as 4519896.server or 6049117[28].server`,
      );
    }
    this.#builder.setNumber(NUMBER.short_id, id.shortId);
    this.#builder.setNumber(NUMBER.array_index, id.arrayIndex);
  }

  #readNumbers(row: readonly OldValue[], places: TextPlaces): void {
    this.#resolver.begin();
    for (const field of this.#numbers) {
      const value = row[field.place];
      if (value === null || value === '') {
        if (REQUIRED_TIMES.includes(field.name)) {
          throw new Rejection('missing-value', `"${field.name}" is missing or empty`);
        }
        this.#builder.setNumber(field.column, Number.NaN);
        continue;
      }
      const number = value instanceof Uint8Array ? MALFORMED : this.#number(value, field, places);
      if (number === MALFORMED) {
        const code = field.kind === 'time' ? 'bad-time' : 'bad-number';
        throw new Rejection(code, `"${field.name}" is ${quoted(value)}, ${EXPECTED[field.kind]}`);
      }
      this.#builder.setNumber(field.column, number);
    }
  }

  #number(value: string | number, field: NumberField, { starts, ends }: TextPlaces): number {
    const { kind, column, place } = field;
    if (kind === 'time') return this.#times.read(value, column);
    if (typeof value === 'number') {
      if (kind === 'decimal') return value;
      if (kind === 'rounded') return countable(Math.round(value));
      return Number.isInteger(value) ? countable(value) : MALFORMED;
    }
    // A number that a tool has left behind as text.
    const view = this.#builder.view;
    switch (kind) {
      case 'duration':
        return readDuration(view, starts[place], ends[place], 1);
      case 'memory':
        return readMemorySize(view, starts[place], ends[place], 1);
      case 'whole':
        return readWhole(view, starts[place], ends[place]);
      case 'rounded':
        return countable(Math.round(readExactDecimal(view, starts[place], ends[place])));
      case 'decimal':
        return readExactDecimal(view, starts[place], ends[place]);
    }
  }

  #readTexts({ starts, ends }: TextPlaces): void {
    for (const { place, column } of this.#coded) {
      this.#builder.setCoded(column, starts[place], ends[place]);
    }
    for (const { place, column } of this.#texts) {
      this.#builder.setText(column, starts[place], ends[place]);
    }
    const resources = this.#resourcesPlace;
    if (resources === -1) this.#completer.complete(0, 0);
    else this.#completer.complete(starts[resources], ends[resources]);
  }
}

function fieldsOf(columns: readonly OldColumnName[]): {
  numbers: NumberField[];
  coded: OldField[];
  texts: OldField[];
} {
  const numbers: NumberField[] = [];
  const coded: OldField[] = [];
  const texts: OldField[] = [];
  for (const name of columns) {
    const place = placeOf(columns, name);
    const field = OLD_COLUMNS[name];
    if (field.kind === 'text') texts.push({ place, name, column: TEXT[field.column] });
    else if (field.kind === 'coded') coded.push({ place, name, column: CODED[field.column] });
    else numbers.push({ place, name, column: NUMBER[field.column], kind: field.kind });
  }
  return { numbers, coded, texts };
}

/** The row id comes first. */
function placeOf(columns: readonly OldColumnName[], name: OldColumnName): number {
  const place = columns.indexOf(name);
  return place === -1 ? -1 : place + 1;
}

function labelled({ column, name }: NumberField): LabelledTime {
  return { column, label: name };
}

function quoted(value: OldValue): string {
  if (typeof value !== 'string') return value instanceof Uint8Array ? 'bytes' : String(value);
  return JSON.stringify(value.length > QUOTED_LIMIT ? `${value.slice(0, QUOTED_LIMIT)}...` : value);
}

const EXPECTED = {
  time: 'not a time such as 2026-01-31 23:59:59',
  duration: 'not a duration in seconds',
  memory: 'not a memory size in bytes',
  whole: 'not a whole number of zero or more',
  rounded: 'not a number of zero or more',
  decimal: 'not a number',
} as const;
