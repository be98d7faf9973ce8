import { counted } from './counted.ts';
import { inSql, MENDS } from './mends.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

/** What SQLite says of an index that does not fit its table; the rows themselves are well. */
const OF_INDEX =
  /^(?:row \d+ missing from index|wrong # of entries in index|non-unique entry in index|row \d+ values differ from index) (\S+)/;

export const fileCheck: VerifyCheck = {
  name: 'file',
  sound: 'pages, rows and constraints are as SQLite wants them',
  *run(db, { quick }) {
    const pragma = quick ? 'quick_check' : 'integrity_check';
    const lines: string[] = [];
    try {
      for (const line of db.prepare<[], string>(`PRAGMA ${pragma}`).pluck().iterate()) {
        lines.push(line);
      }
    } finally {
      // Some damage ends the check itself; what it had found by then is told too.
      yield* fileProblems(lines);
    }
  },
};

/** @param lines what SQLite's own check says. */
function fileProblems(lines: readonly string[]): Problem[] {
  const damage: string[] = [];
  const ofIndex = new Map<string, string[]>();
  for (const line of lines) {
    if (line === 'ok') continue;
    const index = OF_INDEX.exec(line)?.[1];
    if (index === undefined) damage.push(line);
    else ofIndex.set(index, [...(ofIndex.get(index) ?? []), line]);
  }
  return [
    ...problemOf(damage, MENDS.restore),
    ...[...ofIndex].flatMap(([index, found]) => problemOf(found, inSql(`REINDEX ${index}`))),
  ];
}

function problemOf(found: readonly string[], mend: string): Problem[] {
  if (found.length === 0) return [];
  const example = found[0].replaceAll(/\s*\n\s*/g, ' ');
  return [{ text: `${counted(found.length, 'fault', 'faults')}, such as: ${example}`, mend }];
}
