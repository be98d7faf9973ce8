/** User, account and queue id of each owner of jobs, one after the other. */
export const IDS_PER_OWNER = 3;

/**
 * Gives each distinct owner of jobs, which is a user, an account and a queue, a code in the order of first
 * sight. The daily summary is kept by owner and the indexes are sorted by owner; a few hundred of them stand
 * for thousands of jobs.
 */
export class JobOwners {
  /** By user, then account, then queue. */
  readonly #codes = new Map<number, Map<number, Map<number, number>>>();
  readonly #ids: number[] = [];

  code(userId: number, accountId: number, queueId: number): number {
    let accounts = this.#codes.get(userId);
    if (accounts === undefined) {
      accounts = new Map();
      this.#codes.set(userId, accounts);
    }
    let queues = accounts.get(accountId);
    if (queues === undefined) {
      queues = new Map();
      accounts.set(accountId, queues);
    }
    let code = queues.get(queueId);
    if (code === undefined) {
      code = this.#ids.length / IDS_PER_OWNER;
      queues.set(queueId, code);
      this.#ids.push(userId, accountId, queueId);
    }
    return code;
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
    return Int32Array.from(this.#ids);
  }
}
