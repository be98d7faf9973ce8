import { existsSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { SourceError } from '../../sources/source-error.ts';
import { causeChain } from '../cause-chain.ts';
import { LedgerError, type LedgerErrorCode } from '../ledger-error.ts';

/**
 * What a failure in the midst of work means for the ledger: a `LedgerError` that says what happened, where,
 * what the ledger holds now and what to do. It looks through causes, so that the place at which it happened,
 * such as a chunk of a file, stays in the message.
 * @returns `cause` itself where it is such an error already, or nothing that could have been foreseen.
 */
export function asFailure(cause: unknown, ledgerPath: string): unknown {
  const chain = causeChain(cause);
  for (const error of chain) {
    if (error instanceof SourceError) return cause;
    if (error instanceof LedgerError && error.code !== 'unusable') return cause;
    const kind = kindOf(error, ledgerPath);
    if (kind === undefined) continue;
    const { code, what, next } = KINDS[kind];
    const place = chain[0].message.trimEnd().replace(/\.$/, '');
    const holds = kind === 'corrupt' ? '' : ` ${stateOf(ledgerPath)}`;
    return new LedgerError(code, `${ledgerPath}: ${what} (${place}).${holds} ${next}`, { cause });
  }
  return cause;
}

interface Kind {
  readonly code: LedgerErrorCode;
  readonly what: string;
  readonly next: string;
}

const AGAIN = 'then run the same command again.';

const KINDS = {
  full: {
    code: 'full',
    what: 'there is no room left to write',
    next: `Make room on the disk, or raise the quota or the limit of a file's size, ${AGAIN}`,
  },
  'read-only': {
    code: 'read-only',
    what: 'it, or a file beside it, can not be written',
    next: `Let the user that runs this write to the file and to its folder, ${AGAIN}`,
  },
  busy: {
    code: 'busy',
    what: 'another program keeps it locked',
    next: `Close what has it open (fuser names it), ${AGAIN}`,
  },
  corrupt: {
    code: 'corrupt',
    what: 'the file is damaged',
    next:
      'Keep it for a look at what happened; go on with a backup, ' +
      'or make the ledger anew from the raw history.',
  },
  'no database': {
    code: 'foreign',
    what: 'not a database at all',
    next: 'Name another file with --db.',
  },
  folder: {
    code: 'unusable',
    what: 'a folder',
    next: 'Name a file with --db.',
  },
  moved: {
    code: 'unusable',
    what: 'the file was moved, deleted or replaced while it was written to',
    next: 'Let nothing but qledger touch it, and run the same command again.',
  },
  'disk error': {
    code: 'disk-error',
    what: 'the disk that it is on could not be read or written',
    next: `Look for a quota that is used up and into the system's log, ${AGAIN}`,
  },
  'out of memory': {
    code: 'out-of-memory',
    what: 'memory ran out',
    next: 'Run the same command again where more memory is free.',
  },
} satisfies Record<string, Kind>;

/** By SQLite's codes, primary or extended, and the system's. */
const KIND_OF_CODE: ReadonlyMap<string, keyof typeof KINDS> = new Map([
  ['SQLITE_FULL', 'full'],
  // The room for the index of the log could not be had.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  // A log or a journal can't be made beside the ledger.
  ['SQLITE_CANTOPEN', 'read-only'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['SQLITE_READONLY_DBMOVED', 'moved'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'no database'],
  ['SQLITE_IOERR', 'disk error'],
  ['EIO', 'disk error'],
  ['SQLITE_NOMEM', 'out of memory'],
  ['SQLITE_IOERR_NOMEM', 'out of memory'],
  ['ENOMEM', 'out of memory'],
  ['ERR_WORKER_OUT_OF_MEMORY', 'out of memory'],
]);

function kindOf(error: Error, ledgerPath: string): keyof typeof KINDS | undefined {
  const code = codeOf(error);
  if (code === undefined || !concerns(error, ledgerPath)) return undefined;
  const kind = KIND_OF_CODE.get(code) ?? KIND_OF_CODE.get(primaryCode(code));
  return code.startsWith('SQLITE_CANTOPEN') && isFolder(ledgerPath) ? 'folder' : kind;
}

/** An error that comes from another thread has lost its code, but Node and `withCode` begin the message with it. */
function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^((?:E|SQLITE_)[A-Z0-9_]+): /.exec(error.message)?.[1];
}

/** `SQLITE_IOERR` of `SQLITE_IOERR_WRITE`. */
function primaryCode(code: string): string {
  return code.split('_', 2).join('_');
}

/** Whether the file that the system refused is the ledger, one beside it, or a folder on the way to it. */
function concerns(error: Error, ledgerPath: string): boolean {
  const named = 'path' in error ? error.path : /, \w+ '([^']+)'/.exec(error.message)?.[1];
  if (typeof named !== 'string') return true;
  const path = resolve(named);
  const ledger = resolve(ledgerPath);
  return path.startsWith(ledger) || ledger.startsWith(path + sep);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function stateOf(ledgerPath: string): string {
  return existsSync(ledgerPath)
    ? 'The ledger is as of the last commit.'
    : 'No ledger was put into service.';
}
