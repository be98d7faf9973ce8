import { Command, InvalidArgumentError } from 'commander';

export type PeerName = 'duckdb' | 'sqlite3';

const PEER_NAMES: readonly PeerName[] = ['duckdb', 'sqlite3'];

export interface LoadOptions {
  readonly jobs: number;
  readonly rounds: number;
  readonly peers: readonly PeerName[];
  readonly keep: boolean;
  /** A file, or `-` for standard output. */
  readonly json?: string;
}

/** Ends the process with a message where an option is wrong, and with help where it is asked for. */
export function parseLoadOptions(argv: readonly string[]): LoadOptions {
  return new Command('npm run bench --')
    .description('Load a large synthetic history with qledger and with its peers, and compare.')
    .option('--jobs <count>', 'how many jobs', positiveInteger, 1_000_000)
    .option('--rounds <count>', 'how often everyone runs', positiveInteger, 1)
    .option('--peers <names>', 'of duckdb,sqlite3, or none', parsePeers, PEER_NAMES)
    .option('--keep', 'keep the generated history for the next time', false)
    .option('--json <file>', 'write the result as JSON; - is standard output')
    .allowExcessArguments(false)
    .parse(argv)
    .opts<LoadOptions>();
}

function positiveInteger(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}

function parsePeers(text: string): readonly PeerName[] {
  if (text === 'none') return [];
  const names = text.split(',');
  const unknown = names.find((name) => !PEER_NAMES.some((known) => known === name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`There is no peer "${unknown}"; give ${PEER_NAMES.join(',')}.`);
  }
  return PEER_NAMES.filter((name) => names.includes(name));
}
