/** User, account and queue id of each owner of jobs, one after the other. */
export const IDS_PER_OWNER = 3;

/**
 * Gives each distinct owner of jobs, which is a user, an account and a queue, a code in the order of first
 * sight. The daily summary is kept by owner and the indexes are sorted by owner; a few hundred of them stand
 * for thousands of jobs.
 */
export class JobOwners {
  /** A hash table, at most half full: codes from 1 on, and 0 where a slot is free. */
  #slots = new Int32Array(1 << 9);
  #ids = new Int32Array(IDS_PER_OWNER << 8);
  #count = 0;

  code(userId: number, accountId: number, queueId: number): number {
    const slots = this.#slots;
    const ids = this.#ids;
    const mask = slots.length - 1;
    for (let slot = hashOf(userId, accountId, queueId) & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot] - 1;
      if (code === -1) return this.#add(slot, userId, accountId, queueId);
      const at = code * IDS_PER_OWNER;
      if (ids[at] === userId && ids[at + 1] === accountId && ids[at + 2] === queueId) return code;
    }
  }

  /**
   * @param ownerIds IDS_PER_OWNER for each owner's code elsewhere.
   * @returns the code here of each owner there.
   */
  codes(ownerIds: Int32Array): Int32Array<ArrayBuffer> {
    const codes = new Int32Array(ownerIds.length / IDS_PER_OWNER);
    for (let i = 0; i < codes.length; i++) {
      const at = i * IDS_PER_OWNER;
      codes[i] = this.code(ownerIds[at], ownerIds[at + 1], ownerIds[at + 2]);
    }
    return codes;
  }

  /** IDS_PER_OWNER ids for each code. */
  ids(): Int32Array<ArrayBuffer> {
    return this.#ids.slice(0, this.#count * IDS_PER_OWNER);
  }

  #add(slot: number, userId: number, accountId: number, queueId: number): number {
    const code = this.#count++;
    this.#slots[slot] = code + 1;
    const at = code * IDS_PER_OWNER;
    this.#ids[at] = userId;
    this.#ids[at + 1] = accountId;
    this.#ids[at + 2] = queueId;
    if (2 * this.#count === this.#slots.length) this.#grow();
    return code;
  }

  #grow(): void {
    const ids = new Int32Array(2 * this.#ids.length);
    ids.set(this.#ids);
    this.#ids = ids;
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code++) {
      const at = code * IDS_PER_OWNER;
      let slot = hashOf(ids[at], ids[at + 1], ids[at + 2]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(userId: number, accountId: number, queueId: number): number {
  const hash = Math.imul(Math.imul(userId, 31) + accountId, 31) + queueId;
  // The high bits of a product depend on all that went into it.
  return Math.imul(hash, 0x9e3779b1) >>> 12;
}
