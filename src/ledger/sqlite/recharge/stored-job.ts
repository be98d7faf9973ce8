import type Database from 'better-sqlite3';
import type { ChargedJob } from '../../../charging/charged-job.ts';
import type { ColumnBlock } from '../pages/column-block.ts';
import type { TextCodes } from '../pages/text-codes.ts';
import { JOB, JOB_COLUMNS } from './range-rows.ts';

/** What is read where a rule asks for it. */
const ASKED_COLUMNS = [
  'cputype',
  'gputype',
  'priority',
  'elapsed',
  'numcpus',
  'numgpus',
  'numnodes',
  'cputime',
  'memory',
  'reqmem',
] as const;
type AskedColumn = (typeof ASKED_COLUMNS)[number];

const CPU_TYPE = 0;
const GPU_TYPE = 1;
const PRIORITY = 2;
const ELAPSED = 3;
const CPUS = 4;
const GPUS = 5;
const NODES = 6;
const CPU_TIME = 7;
const MEMORY = 8;
const REQUESTED_MEMORY = 9;

/** A job was asked for what has not been read; the rows are to be walked through once more when it has been. */
export class NotReadYet extends Error {
  override readonly name = 'NotReadYet';
  readonly read: () => void;

  constructor(what: string, read: () => void) {
    super(`${what} is not read yet`);
    this.read = read;
  }
}

/**
 * A row of a ledger as the rules see a job; one object for all rows, one after the other. A value costs more to
 * read than to charge by, so only those are read that some rule has asked for.
 */
export class StoredJob implements ChargedJob {
  /** The columns that are read besides JOB_COLUMNS, in their order. */
  readonly asked: AskedColumn[] = [];
  endDay = 0;
  #columns: readonly Float64Array[] = [];
  #row = 0;
  readonly #places = new Int32Array(ASKED_COLUMNS.length).fill(-1);
  readonly #texts: TextCodes;
  readonly #users: NamesById;
  readonly #accounts: NamesById;

  constructor(db: Database.Database, texts: TextCodes) {
    this.#texts = texts;
    this.#users = new NamesById(db, 'users', 'username');
    this.#accounts = new NamesById(db, 'accounts', 'account_name');
  }

  /** The rows that are shown next. */
  showRowsOf({ columns }: ColumnBlock): void {
    this.#columns = columns;
  }

  show(row: number, endDay: number): void {
    this.#row = row;
    this.endDay = endDay;
  }

  get user(): string {
    return this.#users.name(this.#columns[JOB.user][this.#row]);
  }

  get account(): string {
    return this.#accounts.name(this.#columns[JOB.account][this.#row]);
  }

  get cpuType(): string | null {
    return this.#text(CPU_TYPE);
  }

  get gpuType(): string | null {
    return this.#text(GPU_TYPE);
  }

  get priority(): string | null {
    return this.#text(PRIORITY);
  }

  get elapsedSeconds(): number {
    return this.#number(ELAPSED);
  }

  get numcpus(): number {
    return this.#number(CPUS);
  }

  get numgpus(): number {
    return this.#number(GPUS);
  }

  get numnodes(): number {
    return this.#number(NODES);
  }

  get cputimeSeconds(): number {
    return this.#number(CPU_TIME);
  }

  get memoryBytes(): number {
    return this.#number(MEMORY);
  }

  get reqmemBytes(): number {
    return this.#number(REQUESTED_MEMORY);
  }

  #text(column: number): string | null {
    const code = this.#number(column);
    return Number.isNaN(code) ? null : this.#texts.text(code);
  }

  #number(column: number): number {
    const place = this.#places[column];
    if (place === -1) throw new NotReadYet(ASKED_COLUMNS[column], () => this.#ask(column));
    return this.#columns[place][this.#row];
  }

  #ask(column: number): void {
    this.#places[column] = JOB_COLUMNS.length + this.asked.length;
    this.asked.push(ASKED_COLUMNS[column]);
  }
}

/** The names of a lookup table by their ids. */
export class NamesById {
  readonly #table: string;
  readonly #names = new Map<number, string>();
  readonly #all: Database.Statement<[], [number, string]>;

  constructor(db: Database.Database, table: string, column: string) {
    this.#table = table;
    this.#all = db.prepare<[], [number, string]>(`SELECT id, ${column} FROM ${table}`).raw();
  }

  /** @throws NotReadYet where the name may have come since they were read. */
  name(id: number): string {
    const known = this.#names.get(id);
    if (known === undefined) throw new NotReadYet(this.#table, () => this.#read(id));
    return known;
  }

  #read(wanted: number): void {
    // In a ledger that is damaged there may be none of that id.
    this.#names.set(wanted, '');
    for (const [id, name] of this.#all.all()) this.#names.set(id, name);
  }
}
