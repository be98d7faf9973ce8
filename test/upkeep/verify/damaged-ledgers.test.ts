import { describe, expect, it } from 'vitest';
import { TempFolder } from '../../support/temp-folder.ts';
import { cutInHalf, damageInSql, flipLeafByte } from './damage-ledger.ts';
import { DAMAGES } from './damages.ts';
import { ledgerBytes } from './ledger-bytes.ts';
import { problemsOf, verified } from './verified-ledger.ts';

const SOUND = await ledgerBytes(300);

describe('a damaged ledger', () => {
  it.each(DAMAGES)('with $what has that told, and what mends it', ({ by, found, mend }) => {
    using folder = new TempFolder();
    const path = folder.write('damaged.db', SOUND);
    if (typeof by === 'string') damageInSql(path, by);
    else by(path);
    expect(problemsOf(path)).toContainEqual(expect.stringMatching(found));
    const name = /^\^([\w-]+)/.exec(found.source)?.[1];
    const check = verified(path).checks.find((check) => check.name === name);
    expect(check?.mend).toMatch(mend);
  });

  it('has every check done, whatever the ones before it met', () => {
    using folder = new TempFolder();
    const path = folder.write('damaged.db', SOUND);
    const names = verified(path).checks.map(({ name }) => name);
    for (const harm of [cutInHalf, (file: string) => flipLeafByte(file, 'jobs')]) {
      folder.write('damaged.db', SOUND);
      harm(path);
      expect(verified(path).checks.map(({ name }) => name)).toEqual(names);
    }
  });

  it('is found by a sample too where every charge is wrong', () => {
    using folder = new TempFolder();
    const path = folder.write('damaged.db', SOUND);
    damageInSql(path, 'UPDATE job_charges SET cpu_hours = cpu_hours + 1');
    expect(problemsOf(path, { charges: 20 })).toContainEqual(
      expect.stringMatching(/^charges: 20 charges are not by the rules, of 20 looked at, /),
    );
  });
});
