import type { QhistLayout } from './layout.ts';
import type { FieldSpans } from './row-sink.ts';

const WORD = /^[^\s=:+,]*$/;
const REQUIRED_WORD = /^[^\s=:+,]+$/;
const EXIT_STATUS = /^(-?\d+)?$/;
const RECORD_TYPE = /^[A-Za-z]?$/;
const SHORT_ID = /^\d+(\[\d*\])?$/;
/** `QUEUE=spare,Resource_List.job_priority=economy`, or `None`. */
const PREEMPT_TARGETS = /^(\w*|[\w.]+=[^,=]+(,[\w.]+=[^,=]+)*)$/;
/** `2:ncpus=128:host=a,b+1:ncpus=64` */
const SELECT_STATEMENT =
  /^((\d+|[A-Za-z]\w*=[^:+]*)(:[A-Za-z]\w*=[^:+]*)*(\+(\d+|[A-Za-z]\w*=[^:+]*)(:[A-Za-z]\w*=[^:+]*)*)*)?$/;

const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['Job ID', SHORT_ID],
  ['User', REQUIRED_WORD],
  ['Queue', REQUIRED_WORD],
  ['Account', WORD],
  ['CPU Type', WORD],
  ['GPU Type', WORD],
  ['Priority', WORD],
  ['Exit Status', EXIT_STATUS],
  ['Type', RECORD_TYPE],
  ['Preempt Targets', PREEMPT_TARGETS],
  ['Resources', SELECT_STATEMENT],
]);

/** A field that is as long as this is no name; it is not looked at. */
const LONGEST_FIELD_BYTES = 65_536;

/**
 * What texts look like that are no free text. A line with the right number of fields is not held to it, since
 * a site may name things as it likes; it tells which fields belong together where there are too many.
 */
export class TextForms {
  readonly #forms: readonly { readonly place: number; readonly form: RegExp }[];

  constructor({ columns }: QhistLayout) {
    this.#forms = columns.flatMap(({ label, field }, place) => {
      const form = field.kind === 'job-id' ? undefined : FORMS.get(label);
      return form === undefined ? [] : [{ place, form }];
    });
  }

  allMatch(bytes: Uint8Array<ArrayBuffer>, { starts, ends }: FieldSpans): boolean {
    return this.#forms.every(({ place, form }) => {
      const length = ends[place] - starts[place];
      if (length > LONGEST_FIELD_BYTES) return false;
      const field = Buffer.from(bytes.buffer, bytes.byteOffset + starts[place], length);
      return form.test(field.toString('utf8'));
    });
  }
}
