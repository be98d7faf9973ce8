const ID_BYTES: usize = 4;
const OWNER_BYTES: usize = 3 * ID_BYTES;

/** Of a coded column its codes, by the place of a job, and the id of each code. */
let userCodes: usize = 0;
let userIds: usize = 0;
let accountCodes: usize = 0;
let accountIds: usize = 0;
let queueCodes: usize = 0;
let queueIds: usize = 0;

export function planOwners(
  userCodesAt: usize,
  userIdsAt: usize,
  accountCodesAt: usize,
  accountIdsAt: usize,
  queueCodesAt: usize,
  queueIdsAt: usize,
): void {
  userCodes = userCodesAt;
  userIds = userIdsAt;
  accountCodes = accountCodesAt;
  accountIds = accountIdsAt;
  queueCodes = queueCodesAt;
  queueIds = queueIdsAt;
}

/**
 * Gives each distinct owner of jobs, which is a user, an account and a queue, a code in the order of first sight.
 * @param slots a hash table of words that are zero, at most half of which are needed; a power of two of them.
 * @param owners where the code of each job's owner is written to.
 * @param ownerIds where the three ids of each owner are.
 * @returns how many owners there are.
 */
export function writeOwners(
  places: usize,
  count: i32,
  slots: usize,
  slotCount: u32,
  owners: usize,
  ownerIds: usize,
): i32 {
  const mask = slotCount - 1;
  let known = 0;
  for (let job = 0; job < count; job++) {
    const place = (<usize>load<u32>(places + ((<usize>job) << 2))) << 2;
    const user = idOf(userCodes, userIds, place);
    const account = idOf(accountCodes, accountIds, place);
    const queue = idOf(queueCodes, queueIds, place);
    let slot = hashOf(user, account, queue) & mask;
    let code: i32;
    while (true) {
      const at = slots + ((<usize>slot) << 2);
      code = load<i32>(at) - 1;
      const ids = ownerIds + <usize>code * OWNER_BYTES;
      if (code === -1) {
        code = known++;
        store<i32>(at, known);
        addOwner(ownerIds + <usize>code * OWNER_BYTES, user, account, queue);
        break;
      }
      if (
        load<u32>(ids) === user &&
        load<u32>(ids, ID_BYTES) === account &&
        load<u32>(ids, 2 * ID_BYTES) === queue
      ) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    store<i32>(owners + ((<usize>job) << 2), code);
  }
  return known;
}

function addOwner(ids: usize, user: u32, account: u32, queue: u32): void {
  store<u32>(ids, user);
  store<u32>(ids, account, ID_BYTES);
  store<u32>(ids, queue, 2 * ID_BYTES);
}

function idOf(codes: usize, ids: usize, place: usize): u32 {
  return load<u32>(ids + ((<usize>load<u32>(codes + place)) << 2));
}

function hashOf(user: u32, account: u32, queue: u32): u32 {
  // The high bits of a product depend on all that went into it.
  return (((user * 31 + account) * 31 + queue) * 0x9e3779b1) >> 12;
}
