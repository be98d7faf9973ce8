/** A field of a line: its bytes stand between those of its neighbours, as they do in a chunk. */
export interface FieldBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes. */
  readonly view: DataView<ArrayBuffer>;
  readonly start: number;
  readonly end: number;
}

/** Puts a field between two others that would be read as part of it if a reader left its bounds. */
export function fieldBytes(text: string): FieldBytes {
  const field = utf8(text);
  const bytes = utf8(`123,${text},456`);
  return { bytes, view: new DataView(bytes.buffer), start: 4, end: 4 + field.length };
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text));
}
