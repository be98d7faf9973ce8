import { makeRoom } from '../memory-room';
import { copyText } from '../record-values';
import { commonLength, jobOf, KEY_BYTES, writeKeys } from './entry-keys';
import { lengthOf, setIdentities, submitOf, textOf } from './job-identities';
import { mergeSort } from './merge-sort';

/** An entry is 32 bits each of its text's length and its row id, its submission, and the text in whole doubles. */
const ENTRY_HEADER_BYTES: usize = 16;
/** More than is written behind an entry. */
const ROOM: usize = 16;

/**
 * Writes the entries that jobs have in the unique index, in its order: by the bytes of `job_id`, then by submission.
 * @param places of the jobs in the batch, 32 bits each.
 * @param keys room for two keys of each job.
 * @param entries where they are written to, with nothing behind it: the memory grows if need be.
 * @returns how many bytes they are.
 */
export function writeEntries(
  places: usize,
  count: i32,
  firstRowId: f64,
  bytes: usize,
  textStarts: usize,
  textLengths: usize,
  submits: usize,
  keys: usize,
  entries: usize,
): usize {
  setIdentities(places, bytes, textStarts, textLengths, submits);
  writeKeys(keys, count, commonLength(count));
  const keyBytes = <usize>count * KEY_BYTES;
  const sorted = mergeSort<v128>(keys, keyBytes);
  const end = sorted + keyBytes;
  let at = entries;
  for (let key = sorted; key < end; key += KEY_BYTES) {
    const job = jobOf(key);
    const length = lengthOf(job);
    const size = ENTRY_HEADER_BYTES + ((<usize>length + 7) & ~7);
    makeRoom(at + size + ROOM);
    store<u32>(at, length);
    store<u32>(at, <u32>firstRowId + job, 4);
    store<f64>(at, submitOf(job), 8);
    copyText(at + ENTRY_HEADER_BYTES, textOf(job), length);
    at += size;
  }
  return at - entries;
}
