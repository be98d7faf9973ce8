import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from './bench-error.ts';
import { thisHost } from './host.ts';
import { type LoadOptions, type PeerName, parseLoadOptions } from './load/load-options.ts';
import { type LoadRun, loadResult } from './load/load-result.ts';
import { type LoadSample, loadSample } from './load/load-sample.ts';
import { loadTable } from './load/load-table.ts';
import { disagreements, LOAD_TOTALS_SQL, type LoadTotals } from './load/load-totals.ts';
import { bestMeter, type Meter, measuredRun } from './measured-run.ts';
import { duckdbPeer } from './peers/duckdb.ts';
import type { Peer } from './peers/peer.ts';
import { qledgerPeer } from './peers/qledger.ts';
import { sqlite3Peer } from './peers/sqlite3.ts';
import { roundOrder } from './rounds.ts';

const DATA_FOLDER = join(import.meta.dirname, 'data');

interface Contender {
  readonly peer: Peer;
  readonly runs: LoadRun[];
  totals: LoadTotals;
}

// The child gets the signal of Ctrl-C as well and ends; what stands in the data folder is then removed.
process.once('SIGINT', () => {});
try {
  await bench(parseLoadOptions(process.argv));
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench({ jobs, rounds, peers, keep, json }: LoadOptions): Promise<void> {
  const contenders = (await findPeers(peers)).map((peer): Contender => {
    return { peer, runs: [], totals: {} };
  });
  const host = thisHost();
  const meter = bestMeter();
  const sample = await loadSample(jobs, DATA_FOLDER);
  const folder = mkdtempSync(join(DATA_FOLDER, 'load-'));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const contender of roundOrder(contenders, round)) {
        const run = await runOnce(contender, sample, meter, folder, round === 0);
        contender.runs.push(run);
        progress(`round ${round + 1}: ${contender.peer.name} ${run.wallSeconds.toFixed(2)} s`);
      }
      if (round === 0) demandAgreement(contenders);
    }
  } finally {
    rmSync(folder, { recursive: true });
    if (sample.isNew && !keep) rmSync(sample.file);
  }
  const result = loadResult({
    host,
    meter,
    sample,
    totals: contenders[0].totals,
    contenders: contenders.map(({ peer: { name, version }, runs }) => ({ name, version, runs })),
  });
  const print = json === '-' ? console.error : console.log;
  print(loadTable(result));
  if (json === '-') console.log(JSON.stringify(result));
  else if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
}

/** qledger and those of the peers that are installed. */
async function findPeers(wanted: readonly PeerName[]): Promise<Peer[]> {
  const found = [qledgerPeer()];
  for (const name of wanted) {
    const peer = name === 'duckdb' ? await duckdbPeer() : sqlite3Peer();
    if (peer === undefined) progress(`${name} is not installed and is left out`);
    else found.push(peer);
  }
  return found;
}

/** Loads into a fresh file, which is removed again. */
async function runOnce(
  contender: Contender,
  sample: LoadSample,
  meter: Meter,
  folder: string,
  isFirstRound: boolean,
): Promise<LoadRun> {
  const { peer } = contender;
  const runFolder = mkdtempSync(join(folder, peer.name));
  const databaseFile = join(runFolder, 'ledger.db');
  // What the one before has left to be written must not slow this one down.
  spawnSync('sync');
  const measurement = await measuredRun(peer.load(sample, databaseFile), meter);
  const databaseBytes = folderBytes(runFolder);
  if (isFirstRound) contender.totals = await readTotals(peer, databaseFile);
  rmSync(runFolder, { recursive: true });
  return { ...measurement, databaseBytes };
}

/** @throws BenchError where the database lacks a table: a shell may fail half-way and exit with 0. */
async function readTotals(peer: Peer, databaseFile: string): Promise<LoadTotals> {
  try {
    return await peer.readNumbers(databaseFile, LOAD_TOTALS_SQL);
  } catch (cause) {
    throw new BenchError(`${peer.name} left no complete database: ${cause}`, { cause });
  }
}

/** The database with all that the contender has left beside it. */
function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @throws BenchError where the databases of two contenders hold different histories. */
function demandAgreement([first, ...others]: readonly Contender[]): void {
  const differences = others.flatMap(({ peer, totals }) =>
    disagreements([first.peer.name, first.totals], [peer.name, totals]),
  );
  if (differences.length === 0) return;
  throw new BenchError(`the databases disagree, so no times count\n${differences.join('\n')}`);
}

/** Beside the result, so that `--json -` stays clean. */
function progress(line: string): void {
  console.error(line);
}
