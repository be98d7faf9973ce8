import { capacity, codes, endDays, incomplete, numbers, qosCodes, selectCodes } from './batch';
import {
  BY_COUNT,
  BY_NODE,
  CHARGED_IN_JAVASCRIPT,
  CPU_SHIFT,
  GPU_SHIFT,
  MEMORY_REQUESTED,
  MEMORY_SHIFT,
  MEMORY_USED,
  TERM_BITS,
} from './charge-kinds';

/** Of a code that is not known yet, and of a text that is NULL. */
const UNKNOWN: i32 = -2;
const NONE: i32 = -1;

/** By code, so many; what is known of the texts of each is told from outside. */
export let mostCodes: i32 = 0;
/** Of a select statement, that of no text last: ranks of a node and threads of a rank, NaN where not said, codes of its CPU and GPU type. */
export let selects: usize = 0;
const SELECT_BYTES: usize = 24;
const THREADS: usize = 8;
const CPU_TYPE: usize = 16;
const GPU_TYPE: usize = 20;
/** Of a queue: how its jobs are charged, their QoS or NONE, the code of its GPU type, CPUs and GPUs of a node. */
export let queues: usize = 0;
const QUEUE_BYTES: usize = 32;
const QOS: usize = 4;
const GPU_TYPE_OF_QUEUE: usize = 8;
const CPUS_OF_NODE: usize = 16;
const GPUS_OF_NODE: usize = 24;
/** Of a priority: the QoS that it means. And that of jobs without any. */
export let qosOfPriorities: usize = 0;
export let defaultQos: i32 = 0;
/** The account of jobs that have none, and the CPU type of those that name no hardware. */
export let noAccount: i32 = 0;
export let defaultCpuType: i32 = 0;
/** From one instant up to another, local days are so many seconds off. */
export let dayFrom: f64 = 0;
export let dayTo: f64 = 0;
export let dayOffset: f64 = 0;

/** Columns of the batch that mean something here. */
export let ranksColumn: usize = 0;
export let threadsColumn: usize = 0;
export let nodesColumn: usize = 0;
export let cpusColumn: usize = 0;
export let gpusColumn: usize = 0;
export let elapsedColumn: usize = 0;
export let requestedColumn: usize = 0;
export let usedColumn: usize = 0;
export let lastColumn: usize = 0;
export let cpuHoursColumn: usize = 0;
export let gpuHoursColumn: usize = 0;
export let memoryHoursColumn: usize = 0;
export let accountColumn: usize = 0;
export let queueColumn: usize = 0;
export let priorityColumn: usize = 0;
export let cpuTypeColumn: usize = 0;
export let gpuTypeColumn: usize = 0;

const HOUR_SECONDS: f64 = 3600;
const DAY_SECONDS: f64 = 86400;
const GIB_BYTES: f64 = 1073741824;

/**
 * Fills what follows from the fields of rows: ranks, hardware, account, local day, QoS and charge, as the job completer
 * does.
 * @returns the first row that is left to it, as something about it is not known here; `end` where none is.
 */
export function completeRows(first: usize, end: usize): usize {
  let row = first;
  while (row < end && completeRow(row)) row++;
  return row;
}

function completeRow(row: usize): bool {
  const queue = codeAt(queueColumn, row);
  const select = load<i32>(selectCodes + (row << 2));
  const instant = numberAt(lastColumn, row);
  if (select >= mostCodes || queue < 0 || queue >= mostCodes) return false;
  if (instant < dayFrom || instant >= dayTo) return false;
  const rules = queues + <usize>queue * QUEUE_BYTES;
  const terms = load<i32>(rules);
  const qos = qosOf(load<i32>(rules, QOS), row);
  if (terms === CHARGED_IN_JAVASCRIPT || qos < 0) return false;
  const said = selects + <usize>(select === NONE ? mostCodes : select) * SELECT_BYTES;
  if (!completeCodes(row, said, load<i32>(rules, GPU_TYPE_OF_QUEUE))) return false;
  completeRanks(row, said);
  store<u8>(qosCodes + row, <u8>qos);
  store<i32>(endDays + (row << 2), <i32>floor((instant + dayOffset) / DAY_SECONDS));
  charge(row, terms, rules);
  return true;
}

/** The QoS of a queue or, where it has none, of the priority. */
function qosOf(ofQueue: i32, row: usize): i32 {
  if (ofQueue !== NONE) return ofQueue;
  const priority = codeAt(priorityColumn, row);
  if (priority === NONE) return defaultQos;
  return priority < mostCodes ? load<i32>(qosOfPriorities + ((<usize>priority) << 2)) : UNKNOWN;
}

/** Account and hardware types. @returns whether all of them are known; only then they are set. */
function completeCodes(row: usize, said: usize, gpuTypeOfQueue: i32): bool {
  let account = codeAt(accountColumn, row);
  if (account === NONE) account = noAccount;
  let cpuType = load<i32>(said, CPU_TYPE);
  let gpuType = load<i32>(said, GPU_TYPE);
  if (cpuType === NONE) cpuType = codeAt(cpuTypeColumn, row);
  if (gpuType === NONE) gpuType = codeAt(gpuTypeColumn, row);
  if (cpuType === NONE && gpuType === NONE) {
    gpuType = gpuTypeOfQueue;
    if (gpuType === NONE) cpuType = defaultCpuType;
  }
  if (account === UNKNOWN || cpuType === UNKNOWN || gpuType === UNKNOWN) return false;
  store<i32>(codes + ((accountColumn * capacity + row) << 2), account);
  store<i32>(codes + ((cpuTypeColumn * capacity + row) << 2), cpuType);
  store<i32>(codes + ((gpuTypeColumn * capacity + row) << 2), gpuType);
  return true;
}

/** A resource list counts the ranks of the whole job, the ledger the ranks of a node. */
function completeRanks(row: usize, said: usize): void {
  const ranks = load<f64>(said);
  const threads = load<f64>(said, THREADS);
  const ranksPerNode = ceil(numberAt(ranksColumn, row) / max(1, numberAt(nodesColumn, row)));
  setNumberAt(ranksColumn, row, isNaN(ranks) ? ranksPerNode : ranks);
  if (!isNaN(threads)) setNumberAt(threadsColumn, row, threads);
}

/** Hours are 0 and marked where an input that the terms need is NaN. */
function charge(row: usize, terms: i32, rules: usize): void {
  const seconds = numberAt(elapsedColumn, row);
  const nodes = numberAt(nodesColumn, row);
  const cpuHours = countHours(
    (terms >> CPU_SHIFT) & TERM_BITS,
    numberAt(cpusColumn, row),
    nodes * load<f64>(rules, CPUS_OF_NODE),
    seconds,
  );
  const gpuHours = countHours(
    (terms >> GPU_SHIFT) & TERM_BITS,
    numberAt(gpusColumn, row),
    nodes * load<f64>(rules, GPUS_OF_NODE),
    seconds,
  );
  const memoryHours = memoryHoursOf((terms >> MEMORY_SHIFT) & TERM_BITS, row, seconds);
  setNumberAt(cpuHoursColumn, row, knownHours(cpuHours));
  setNumberAt(gpuHoursColumn, row, knownHours(gpuHours));
  setNumberAt(memoryHoursColumn, row, knownHours(memoryHours));
  const marks =
    <u8>isNaN(cpuHours) | ((<u8>isNaN(gpuHours)) << 1) | ((<u8>isNaN(memoryHours)) << 2);
  store<u8>(incomplete + row, marks);
}

function countHours(by: i32, count: f64, ofNodes: f64, seconds: f64): f64 {
  if (by === BY_COUNT) return (count * seconds) / HOUR_SECONDS;
  return by === BY_NODE ? (ofNodes * seconds) / HOUR_SECONDS : 0;
}

function memoryHoursOf(by: i32, row: usize, seconds: f64): f64 {
  if (by !== MEMORY_USED && by !== MEMORY_REQUESTED) return 0;
  const bytes = numberAt(by === MEMORY_USED ? usedColumn : requestedColumn, row);
  return ((bytes / GIB_BYTES) * seconds) / HOUR_SECONDS;
}

function knownHours(hours: f64): f64 {
  return isNaN(hours) ? 0 : hours;
}

function codeAt(column: usize, row: usize): i32 {
  return load<i32>(codes + ((column * capacity + row) << 2));
}

function numberAt(column: usize, row: usize): f64 {
  return load<f64>(numbers + ((column * capacity + row) << 3));
}

function setNumberAt(column: usize, row: usize, value: f64): void {
  store<f64>(numbers + ((column * capacity + row) << 3), value);
}
