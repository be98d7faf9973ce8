import type { JobBatch } from '../../../job/job-batch.ts';
import { COLUMN_PLAN_BYTES } from '../../../kernel/assembly/rows/column-kinds.ts';
import { JOB_COLUMNS } from '../job-columns.ts';
import { CodedTexts } from './coded-texts.ts';
import type { BatchEncoding } from './encode-batch.ts';
import type { EncodingKernel } from './encoding-kernel.ts';
import { IDS_PER_OWNER } from './job-owners.ts';

/** Pages wait for being written until they take so much, which still fits a core's own cache. */
const PAGES_BYTES = 1 << 18;
/** Of a page: the least row and its pointer take more. */
const LEAST_ROW_BYTES = 6;
/** Until there is a longer row. */
const CELLS_BYTES = 1 << 17;
/** What the entries of the unique index are sorted by. */
const ENTRY_KEY_BYTES = 16;
/** Texts are read in blocks. */
const ROOM = 16;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
const WORD = Int32Array.BYTES_PER_ELEMENT;
/** The coded columns whose texts are stored; of a name it is the id. */
const STORED = new Set(
  JOB_COLUMNS.flatMap((column) => (column.from === 'coded-text' ? [column.at] : [])),
);

/** What the kernel reads of a batch. */
const BATCH_ARRAYS = [
  'bytes',
  'numbers',
  'textStarts',
  'textLengths',
  'codes',
  'qosCodes',
  'incomplete',
  'endDays',
] as const;

type BatchPlaces = Readonly<Record<(typeof BATCH_ARRAYS)[number], number>>;

/** What goes into the memory of the kernel, unless it is there. */
export interface BatchContent
  extends Pick<BatchEncoding, 'batch' | 'nameIds' | 'qosIds' | 'qosFactors'> {
  /** Of the file that is written. */
  readonly pageSize: number;
}

/**
 * A batch in the memory of the kernel, with room for what is made of it. One that the kernel has read stays where it
 * is. Once this is made its arrays may be empty, as the memory may have grown.
 */
export class BatchMemory {
  /** The address of each part. */
  readonly at: BatchPlaces & ReturnType<typeof layOutBehind>;
  readonly mostPages: number;
  readonly codedTexts: CodedTexts;
  readonly #capacity: number;
  readonly #idsOfNames = new Map<number, number>();

  /** @param places of the jobs in the batch that go in. */
  constructor(kernel: EncodingKernel, content: BatchContent, places: Int32Array) {
    const { batch, nameIds, qosIds, qosFactors, pageSize } = content;
    this.#capacity = batch.capacity;
    this.mostPages = Math.max(1, Math.floor(PAGES_BYTES / pageSize));
    this.codedTexts = new CodedTexts(
      batch.tables.map((table, coded) => (STORED.has(coded) ? table : [])),
    );
    const inPlace = placesOf(kernel, batch);
    const behind = layOutBehind(inPlace, kernel, content, this.mostPages, this.codedTexts);
    const at = { ...inPlace, ...behind };
    this.at = at;
    kernel.put(at.places, places);
    kernel.put(at.qosIds, Float64Array.from(qosIds));
    kernel.put(at.qosFactors, Float64Array.from(qosFactors));
    kernel.put(at.codedBytes, this.codedTexts.bytes);
    kernel.put(at.spans, this.codedTexts.spans(at.codedBytes));
    let idsAt = at.nameIds;
    for (const [coded, ids] of Object.entries(nameIds)) {
      kernel.put(idsAt, ids);
      this.#idsOfNames.set(Number(coded), idsAt);
      idsAt += ids.byteLength;
    }
  }

  /** Where a column of numbers begins. */
  numbers(column: number): number {
    return this.at.numbers + column * this.#capacity * DOUBLE;
  }

  textStarts(column: number): number {
    return this.at.textStarts + column * this.#capacity * WORD;
  }

  textLengths(column: number): number {
    return this.at.textLengths + column * this.#capacity * WORD;
  }

  codes(column: number): number {
    return this.at.codes + column * this.#capacity * WORD;
  }

  /** Where the ids of the texts of a coded column begin. */
  idsOfNames(coded: number): number {
    const at = this.#idsOfNames.get(coded);
    if (at === undefined) throw new Error(`the texts of coded column ${coded} have no ids`);
    return at;
  }
}

/** Where the batch is; it is copied there if it is elsewhere. */
function placesOf(kernel: EncodingKernel, batch: JobBatch): BatchPlaces {
  if (kernel.holds(batch.bytes)) return ofEachArray(batch, ({ byteOffset }) => byteOffset);
  const at = kernel.layOut(ofEachArray(batch, ({ byteLength }) => byteLength + ROOM));
  for (const name of BATCH_ARRAYS) kernel.put(at[name], batch[name]);
  return at;
}

function ofEachArray(batch: JobBatch, of: (values: NodeJS.TypedArray) => number): BatchPlaces {
  const entries = BATCH_ARRAYS.map((name) => [name, of(batch[name])] as const);
  return Object.fromEntries(entries) as BatchPlaces;
}

function layOutBehind(
  places: BatchPlaces,
  kernel: EncodingKernel,
  { batch, nameIds, qosIds, qosFactors, pageSize }: BatchContent,
  mostPages: number,
  codedTexts: CodedTexts,
) {
  const ends = BATCH_ARRAYS.map((name) => places[name] + batch[name].byteLength);
  const regions = {
    jobPlan: (JOB_COLUMNS.length + 1) * COLUMN_PLAN_BYTES,
    longTypes: JOB_COLUMNS.length * WORD,
    places: batch.rows * WORD,
    nameIds: Object.values(nameIds).reduce((bytes, ids) => bytes + ids.byteLength, 0),
    qosIds: qosIds.length * DOUBLE,
    qosFactors: qosFactors.length * DOUBLE,
    codedBytes: codedTexts.bytes.byteLength + ROOM,
    spans: codedTexts.spanBytes,
    entryKeys: 2 * batch.rows * ENTRY_KEY_BYTES,
    slots: slotsOf(batch.rows) * WORD,
    owners: batch.rows * WORD,
    ownerIds: batch.rows * IDS_PER_OWNER * WORD,
    pages: mostPages * pageSize,
    lastRowIds: mostPages * DOUBLE,
    cellStarts: Math.ceil(pageSize / LEAST_ROW_BYTES) * Uint16Array.BYTES_PER_ELEMENT,
    // Last, as the kernel makes the memory larger for a longer row, or for all entries or cells of the summary afterwards.
    cells: CELLS_BYTES,
  };
  return kernel.layOut(regions, Math.max(...ends) + ROOM);
}

/** Slots of a hash table that is at most half full. */
export function slotsOf(rows: number): number {
  return 2 ** Math.ceil(Math.log2(2 * rows + 2));
}
