import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../ledger/sqlite/bulk/property-runs.ts';
import { utf8 } from '../field-bytes.ts';
import { endRecord, KEYS, record } from './log-line.ts';
import { type ReadLog, readLog } from './read-log.ts';

const { numRuns, timeoutMs } = propertyRuns(400);
const LINE_FEED = 10;

const anyByte = fc.oneof(
  fc.constantFrom(...Buffer.from('\0\t\n\r "\'\\;=:./_-0Ee'), 0x7f, 0x80, 0xc3, 0xff),
  fc.nat(255),
);
const anyDamage = fc.record({
  kind: fc.constantFrom('delete' as const, 'insert' as const, 'replace' as const, 'cut' as const),
  place: fc.nat(),
  bytes: fc.array(anyByte, { minLength: 1, maxLength: 4 }),
});
type Damage = typeof anyDamage extends fc.Arbitrary<infer Value> ? Value : never;

const anyValue = fc.oneof(
  fc.constantFrom(null, '', '0', '-1', 'None', '"', '"a b"', 'a b', '00:00:00', '1kb', '1e9'),
  fc.string({ maxLength: 12 }),
);
const anyJob = fc
  .dictionary(fc.constantFrom(...KEYS), anyValue, { maxKeys: 3 })
  .map((values) => utf8(endRecord(values)));
const anyOther = fc.constantFrom(record('Q', 'user=ada queue=main'), record('D', ''), '', '?');
const anyLine = fc.oneof({ weight: 3, arbitrary: anyJob }, anyOther.map(utf8));
const anyDamagedLine = fc
  .tuple(anyLine, fc.array(anyDamage, { minLength: 1, maxLength: 3 }))
  .map(([line, damages]) => damages.reduce(damaged, line));

describe('a damaged line', () => {
  it(
    'never stops the reading, loses no line around it, and gives no nonsense',
    () => {
      const [before, after] = ['1.s', '2.s'].map((id) => utf8(`${endRecord({}, id)}\n`));
      const [first] = readLog(before).jobs;
      const [last] = readLog(after).jobs;
      fc.assert(
        fc.property(anyDamagedLine, fc.constantFrom('\n', '\r\n'), (line, lineEnd) => {
          const read = readLog(joined([before, line, utf8(lineEnd), after]));
          expect(read.jobs.at(0)).toEqual(first);
          expect(read.jobs.at(-1)).toEqual({ ...last, line: read.lines - 1 });
          expectAccounted(read);
          for (const job of read.jobs) {
            const numbers = Object.values(job).filter((value) => typeof value === 'number');
            expect(numbers.every(Number.isFinite)).toBe(true);
            expect(job.end).toBeGreaterThanOrEqual(Number(job.submit));
          }
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

describe('bytes of any kind', () => {
  it(
    'are read without an end to the reading',
    () => {
      fc.assert(
        fc.property(fc.array(anyByte, { maxLength: 80 }), (bytes) => {
          expectAccounted(readLog(Uint8Array.of(...bytes, LINE_FEED)));
          const text = Buffer.from(bytes).toString('latin1');
          expectAccounted(
            readLog(Uint8Array.from(Buffer.from(`${record('E', text)}\n`, 'latin1'))),
          );
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

describe('a border between chunks', () => {
  it(
    'changes nothing of what is read, at whatever line ends it falls',
    () => {
      const anyLines = fc.array(fc.oneof(anyLine, anyDamagedLine), { minLength: 1, maxLength: 8 });
      fc.assert(
        fc.property(anyLines, fc.infiniteStream(fc.boolean()), (lines, choice) => {
          const log = joined(lines.flatMap((line) => [line, Uint8Array.of(LINE_FEED)]));
          const whole = readLog(log);
          const parts = {
            jobs: [] as object[],
            rejects: [] as object[],
            lines: 0,
            skippedLines: 0,
          };
          const others: Record<string, number> = {};
          let from = 0;
          for (let at = log.indexOf(LINE_FEED); at !== -1; at = log.indexOf(LINE_FEED, at + 1)) {
            if (at !== log.length - 1 && choice.next().value === true) continue;
            const part = readLog(log.slice(from, at + 1));
            for (const job of part.jobs) {
              parts.jobs.push({ ...job, line: parts.lines + Number(job.line) });
            }
            for (const reject of part.rejects) {
              const byteOffset = from + reject.byteOffset;
              parts.rejects.push({ ...reject, line: parts.lines + reject.line, byteOffset });
            }
            for (const [type, count] of Object.entries(part.otherRecords)) {
              others[type] = (others[type] ?? 0) + count;
            }
            parts.lines += part.lines;
            parts.skippedLines += part.skippedLines;
            from = at + 1;
          }
          const { jobs, rejects, lines: count, skippedLines, otherRecords } = whole;
          expect(parts).toEqual({ jobs, rejects, lines: count, skippedLines });
          expect(others).toEqual(otherRecords);
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

/** Every line is a job, a reject, or skipped. */
function expectAccounted({ jobs, rejects, skippedLines, lines, otherRecords }: ReadLog): void {
  expect(jobs.length + rejects.length + skippedLines).toBe(lines);
  const others = Object.values(otherRecords).reduce((sum, count) => sum + count, 0);
  expect(others).toBeLessThanOrEqual(skippedLines);
}

function damaged(line: Uint8Array<ArrayBuffer>, { kind, place, bytes }: Damage) {
  const at = place % (line.length + 1);
  if (kind === 'cut') return line.slice(0, at);
  const removed = kind === 'insert' ? 0 : bytes.length;
  const inserted = kind === 'delete' ? [] : bytes;
  return Uint8Array.from([...line.subarray(0, at), ...inserted, ...line.subarray(at + removed)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}
