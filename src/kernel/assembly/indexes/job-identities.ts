/** What identifies jobs of a batch, by the place of each in it: its `job_id`, a span of bytes, and its submission. */
let places: usize = 0;
let bytes: usize = 0;
let textStarts: usize = 0;
let textLengths: usize = 0;
let submits: usize = 0;

export function setIdentities(
  placesAt: usize,
  bytesAt: usize,
  textStartsAt: usize,
  textLengthsAt: usize,
  submitsAt: usize,
): void {
  places = placesAt;
  bytes = bytesAt;
  textStarts = textStartsAt;
  textLengths = textLengthsAt;
  submits = submitsAt;
}

export function textOf(job: i32): usize {
  return bytes + load<u32>(textStarts + (placeOf(job) << 2));
}

export function lengthOf(job: i32): i32 {
  return load<i32>(textLengths + (placeOf(job) << 2));
}

export function submitOf(job: i32): f64 {
  return load<f64>(submits + (placeOf(job) << 3));
}

/** @returns whether the one comes before the other, in the order in which SQLite compares texts and numbers. */
export function comesBefore(job: i32, other: i32): bool {
  const length = lengthOf(job);
  const otherLength = lengthOf(other);
  const text = textOf(job);
  const otherText = textOf(other);
  const shorter = min(length, otherLength);
  for (let i = 0; i < shorter; i += 8) {
    const word = wordAt(text + i, shorter - i);
    const otherWord = wordAt(otherText + i, shorter - i);
    if (word !== otherWord) return word < otherWord;
  }
  return length === otherLength ? submitOf(job) < submitOf(other) : length < otherLength;
}

/** Up to eight bytes of a text as a number that is in the order of texts; those behind its end are zero. */
export function wordAt(at: usize, left: i32): u64 {
  if (left <= 0) return 0;
  const word = bswap(load<u64>(at));
  return left >= 8 ? word : word & (u64.MAX_VALUE << ((8 - left) << 3));
}

function placeOf(job: i32): usize {
  return load<u32>(places + ((<usize>job) << 2));
}
