/** At most an eighth of the slots is taken, so that what is in no table is seldom compared with anything. */
const SLOTS_PER_NAME = 8;

/** Finds the place of a key in a list of names, without a string and without reading all of an unknown key. */
export class KeyTable {
  readonly #names: readonly Uint8Array<ArrayBuffer>[];
  /** Open addressing: place + 1, or 0 for a free slot. */
  readonly #slots: Uint8Array<ArrayBuffer>;

  /** @param names at most 255 of them. */
  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Uint8Array.from(Buffer.from(name)));
    this.#slots = new Uint8Array(2 ** Math.ceil(Math.log2(names.length * SLOTS_PER_NAME)));
    for (const [place, name] of this.#names.entries()) {
      let slot = this.#firstSlot(name, 0, name.length);
      while (this.#slots[slot] !== 0) slot = this.#nextSlot(slot);
      this.#slots[slot] = place + 1;
    }
  }

  /** @returns the place of the name at [start, end), -1 where it is not in the list. */
  find(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
    let slot = this.#firstSlot(bytes, start, end);
    for (; this.#slots[slot] !== 0; slot = this.#nextSlot(slot)) {
      const place = this.#slots[slot] - 1;
      if (equals(this.#names[place], bytes, start, end)) return place;
    }
    return -1;
  }

  /** The length and three bytes tell the keys of PBS apart nearly always; the comparison does the rest. */
  #firstSlot(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
    const length = end - start;
    const letters = bytes[start] | (bytes[start + (length >> 1)] << 8) | (bytes[end - 1] << 16);
    const hash = Math.imul(letters ^ (length << 24), 0x9e3779b1);
    return (hash >>> 16) & (this.#slots.length - 1);
  }

  #nextSlot(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }
}

function equals(
  name: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== bytes[start + i]) return false;
  }
  return true;
}
