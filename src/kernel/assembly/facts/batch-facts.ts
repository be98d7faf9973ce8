import { makeRoom } from '../memory-room';

// Each gathers a fact of some jobs of a batch as doubles, with nothing behind them: the memory grows if need be.
// `places` are those of the jobs in the batch, 32 bits each.

export function gatherNumbers(places: usize, count: i32, numbers: usize, into: usize): void {
  const end = endOf(into, count);
  for (; into < end; into += 8) {
    store<f64>(into, load<f64>(numbers + (placeAt(places) << 3)));
    places += 4;
  }
}

/** How much greater each of some numbers is than another. */
export function gatherDifferences(
  places: usize,
  count: i32,
  greater: usize,
  less: usize,
  into: usize,
): void {
  const end = endOf(into, count);
  for (; into < end; into += 8) {
    const eight = placeAt(places) << 3;
    store<f64>(into, load<f64>(greater + eight) - load<f64>(less + eight));
    places += 4;
  }
}

/** The ids of texts by their codes, of which -1 is NULL. */
export function gatherIds(places: usize, count: i32, codes: usize, ids: usize, into: usize): void {
  const end = endOf(into, count);
  for (; into < end; into += 8) {
    const code = load<i32>(codes + (placeAt(places) << 2));
    store<f64>(into, code === -1 ? NaN : <f64>load<i32>(ids + ((<usize>code) << 2)));
    places += 4;
  }
}

export function gatherDays(places: usize, count: i32, days: usize, into: usize): void {
  const end = endOf(into, count);
  for (; into < end; into += 8) {
    store<f64>(into, <f64>load<i32>(days + (placeAt(places) << 2)));
    places += 4;
  }
}

/** What each QoS has as a double, by codes of a byte. */
export function gatherOfQos(
  places: usize,
  count: i32,
  codes: usize,
  values: usize,
  into: usize,
): void {
  const end = endOf(into, count);
  for (; into < end; into += 8) {
    const code = <usize>load<u8>(codes + placeAt(places));
    store<f64>(into, load<f64>(values + (code << 3)));
    places += 4;
  }
}

/** Seconds that fit 32 bits, as such. */
export function gatherSeconds(places: usize, count: i32, numbers: usize, into: usize): void {
  const end = into + ((<usize>count) << 2);
  makeRoom(end);
  for (; into < end; into += 4) {
    store<u32>(into, <u32>(<i64>load<f64>(numbers + (placeAt(places) << 3))));
    places += 4;
  }
}

/**
 * Of each job that has flags its number among these and its flags, 32 bits each.
 * @returns how many jobs have.
 */
export function gatherIncomplete(places: usize, count: i32, flags: usize, into: usize): i32 {
  let at = into;
  for (let job = 0; job < count; job++) {
    const own = load<u8>(flags + placeAt(places + ((<usize>job) << 2)));
    if (own === 0) continue;
    makeRoom(at + 8);
    store<u32>(at, job);
    store<u32>(at, own, 4);
    at += 8;
  }
  return <i32>((at - into) >> 3);
}

function endOf(into: usize, count: i32): usize {
  const end = into + ((<usize>count) << 3);
  makeRoom(end);
  return end;
}

function placeAt(at: usize): usize {
  return <usize>load<u32>(at);
}
