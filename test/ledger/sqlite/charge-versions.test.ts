import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { beginRun } from '../../../pipelines/begin-run.ts';
import {
  chargeVersionOf,
  chargeVersions,
  knownVersion,
} from '../../../src/ledger/sqlite/charge-versions.ts';
import { closeLedger, openForWriting } from '../../../src/ledger/sqlite/open-ledger.ts';
import { Runs } from '../../../src/ledger/sqlite/runs.ts';
import type { Machine } from '../../../src/site/machine.ts';
import { zoneTable } from '../../../src/site/zone-table.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { TempFolder } from '../../support/temp-folder.ts';

const DERECHO = presetMachine('derecho');
const CHARGED = DERECHO.charging;
const CHEAPER = { ...CHARGED, qos: { ...CHARGED.qos, factors: { regular: 0.5, uncharged: 0 } } };

describe('the charge versions of a ledger', () => {
  it('number each distinct rule set once, with time, reason and who', () => {
    inLedger((db) => {
      expect(knownVersion(db, CHARGED)).toBeUndefined();
      const sets = [CHARGED, CHEAPER, structuredClone(CHARGED)];
      expect(sets.map((rules) => chargeVersionOf(db, rules, 'a test'))).toEqual([1, 2, 1]);
      expect(knownVersion(db, CHEAPER)).toBe(2);
      const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/);
      const createdBy = expect.stringMatching(new RegExp(`^.+@${hostname()}$`));
      expect(chargeVersions(db)).toMatchObject([
        { version: 1, rules: CHARGED, reason: 'a test', createdAt, createdBy },
        { version: 2, rules: CHEAPER, reason: 'a test', createdAt, createdBy },
      ]);
    });
  });

  it('that no one can understand are told with the ledger and the version', () => {
    inLedger((db) => {
      chargeVersionOf(db, CHARGED, 'a test');
      db.exec(`UPDATE charge_rule_sets SET rules = '{"rules":[]}'`);
      expect(() => chargeVersions(db)).toThrow(
        /ledger\.db: the charge rules of version 1 can't be/,
      );
    });
  });
});

describe('a run that begins', () => {
  it('tells where its rules are not those of runs before, until one has come to its end', () => {
    inLedger((db) => {
      const begin = (charging: Machine['charging'], ends: boolean): unknown => {
        const machine: Machine = { ...DERECHO, charging };
        const request = { files: [], machine, ledgerPath: db.name, version: '0.0.0-test' };
        const { run, rulesChange } = beginRun(db, {
          request,
          siteZone: zoneTable(machine.timeZone),
        });
        if (ends) new Runs(db).complete(run.runId);
        else new Runs(db).fail(run.runId, new Error('no'));
        return rulesChange;
      };
      expect(begin(CHARGED, true)).toBeUndefined();
      expect(begin(CHARGED, true)).toBeUndefined();
      expect(begin(CHEAPER, false)).toEqual({ before: 1, now: 2 });
      // Some jobs may have been charged by either.
      expect(begin(CHARGED, false)).toEqual({ before: 2, now: 1 });
      expect(begin(CHEAPER, true)).toEqual({ before: 1, now: 2 });
      expect(begin(CHEAPER, true)).toBeUndefined();
      expect(begin(CHARGED, true)).toEqual({ before: 2, now: 1 });
    });
  });
});

function inLedger(test: (db: ReturnType<typeof openForWriting>) => void): void {
  using folder = new TempFolder();
  const db = openForWriting(folder.file('ledger.db'));
  try {
    test(db);
  } finally {
    closeLedger(db);
  }
}
