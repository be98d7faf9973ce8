import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../../src/ledger/ledger-error.ts';
import {
  closeLedger,
  openForReading,
  openForWriting,
} from '../../../src/ledger/sqlite/open-ledger.ts';
import { acquireWriterLock } from '../../../src/ledger/sqlite/writer-lock.ts';
import { failureOf } from '../../support/failure-of.ts';
import { alterDatabase, queryColumn } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { withoutWriteAccess } from '../../support/without-write-access.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

describe('a writer lock', () => {
  it('is refused while another process has it, and says which one', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await using holder = new LockHolderProcess(ledger, 'ingest');
    expect(await holder.says()).toBe('holds');
    const refusal = await failureOf(acquireWriterLock(ledger, { command: 'recharge' }));
    expect(refusal).toBeInstanceOf(LedgerError);
    expect(refusal).toMatchObject({ code: 'locked' });
    const [, since] = / since ([^ ]+) /.exec(refusal.message) ?? [];
    expect(since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(refusal.message).toBe(
      `${ledger}: locked by process ${holder.pid} on ${hostname()}, since ${since} (ingest). ` +
        'Nothing was changed. Wait for it with --wait 10m, or run the same command again later.',
    );
  });

  it('is free when its process was killed', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await using holder = new LockHolderProcess(ledger, 'ingest');
    expect(await holder.says()).toBe('holds');
    await holder.kill();
    expect(folder.names()).toEqual(['ledger.db.lock']);
    const lock = await acquireWriterLock(ledger, { command: 'ingest' });
    lock.release();
    expect(folder.names()).toEqual([]);
  });

  it('names the process that has it now, not one that was killed', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await using killed = new LockHolderProcess(ledger, 'ingest');
    await killed.says();
    await killed.kill();
    await using holder = new LockHolderProcess(ledger, 'recharge');
    expect(await holder.says()).toBe('holds');
    const refusal = await failureOf(acquireWriterLock(ledger, { command: 'ingest' }));
    expect(refusal.message).toContain(`process ${holder.pid} `);
    expect(refusal.message).toContain(' (recharge). ');
  });

  it('is had by one who waits, once the other lets go of it', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const lock = await acquireWriterLock(ledger, { command: 'ingest' });
    await using waiter = new LockHolderProcess(ledger, 'recharge', 600);
    expect(await waiter.says()).toMatchObject({
      waitsFor: { pid: process.pid, host: hostname(), command: 'ingest' },
    });
    lock.release();
    expect(await waiter.says()).toBe('holds');
    await waiter.release();
    expect(folder.names()).toEqual([]);
  });

  it('is had by one who waits, once the other is killed', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await using holder = new LockHolderProcess(ledger, 'ingest');
    await holder.says();
    await using waiter = new LockHolderProcess(ledger, 'recharge', 600);
    expect(await waiter.says()).toMatchObject({ waitsFor: { pid: holder.pid } });
    await holder.kill();
    expect(await waiter.says()).toBe('holds');
  });

  it('is refused when the wait is over', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    using _lock = await acquireWriterLock(ledger, { command: 'ingest' });
    const attempt = acquireWriterLock(ledger, { command: 'recharge', waitSeconds: 0.01 });
    const refusal = await failureOf(attempt);
    expect(refusal).toMatchObject({ code: 'locked' });
    expect(refusal.message).toMatch(
      / Nothing was changed\. It was not free within 0\.01 s; wait longer, or look what /,
    );
  });

  it('is not waited for any longer when the wait is called off', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    using _lock = await acquireWriterLock(ledger, { command: 'ingest' });
    const calling = new AbortController();
    const attempt = acquireWriterLock(ledger, {
      command: 'recharge',
      waitSeconds: 600,
      onWait: () => calling.abort(new Error('stopped by SIGTERM')),
      signal: calling.signal,
    });
    expect((await failureOf(attempt)).message).toBe('stopped by SIGTERM');
    const late = acquireWriterLock(ledger, { command: 'ingest', signal: calling.signal });
    expect((await failureOf(late)).message).toBe('stopped by SIGTERM');
  });

  it('works before there is a ledger, or a folder for it', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('a/b/ledger.db');
    {
      using _lock = await acquireWriterLock(ledger, { command: 'ingest' });
      expect(folder.names('a/b')).toEqual(['ledger.db.lock']);
      closeLedger(openForWriting(ledger));
    }
    expect(folder.names('a/b')).toEqual(['ledger.db']);
  });

  it('leaves no folder behind that it had to make and nobody used', async () => {
    using folder = new TempFolder();
    mkdirSync(folder.file('a'));
    const lock = await acquireWriterLock(folder.file('a/b/c/ledger.db'), { command: 'ingest' });
    lock.release();
    expect(folder.names()).toEqual(['a']);
    expect(folder.names('a')).toEqual([]);
  });

  it('is one lock, by whatever name the ledger goes', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    closeLedger(openForWriting(ledger));
    symlinkSync(ledger, folder.file('current.db'));
    using _lock = await acquireWriterLock(ledger, { command: 'ingest' });
    const attempt = acquireWriterLock(folder.file('current.db'), { command: 'ingest' });
    expect(await failureOf(attempt)).toMatchObject({ code: 'locked' });
  });

  it('of one ledger is not in the way of another one', async () => {
    using folder = new TempFolder();
    using _one = await acquireWriterLock(folder.file('casper.db'), { command: 'ingest' });
    using _other = await acquireWriterLock(folder.file('derecho.db'), { command: 'ingest' });
    expect(folder.names()).toEqual(['casper.db.lock', 'derecho.db.lock']);
  });

  it('is not in the way of readers', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    closeLedger(openForWriting(ledger));
    alterDatabase(ledger, "INSERT INTO users VALUES (1, 'ada')");
    await using holder = new LockHolderProcess(ledger, 'ingest');
    expect(await holder.says()).toBe('holds');
    const db = openForReading(ledger);
    expect(db.prepare('SELECT username FROM users').pluck().all()).toEqual(['ada']);
    closeLedger(db);
  });

  it('is had by one at a time, however many grasp at it', async () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db.lock');
    const contenders = Array.from({ length: 3 }, () =>
      fork(new URL('lock-contender.ts', FIXTURES), [path, '60'], { execArgv: [] }),
    );
    const ends = await Promise.all(contenders.map((contender) => once(contender, 'exit')));
    expect(ends.map(([status]) => status)).toEqual([0, 0, 0]);
    expect(folder.names()).toEqual([]);
  });

  it('may be let go of twice, and takes no lock away that another has by then', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const lock = await acquireWriterLock(ledger, { command: 'ingest' });
    lock.release();
    using _next = await acquireWriterLock(ledger, { command: 'recharge' });
    lock.release();
    const attempt = acquireWriterLock(ledger, { command: 'ingest' });
    expect(await failureOf(attempt)).toMatchObject({ code: 'locked' });
  });
});

describe('a lock file', () => {
  it.each([
    ['a text', 'kept by nightly.sh\n'],
    ['a long text', 'kept by nightly.sh\n'.repeat(1000)],
  ])('that is %s is refused, and stays as it is', async (_what, text) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const path = folder.write('ledger.db.lock', text);
    const refusal = await failureOf(acquireWriterLock(ledger, { command: 'ingest' }));
    expect(refusal).toMatchObject({ name: 'LedgerError', code: 'unusable' });
    expect(refusal.message).toMatch(/: not the lock of a ledger .* delete it or move it away\.$/);
    expect(refusal.message.startsWith(`${path}: `)).toBe(true);
    expect(folder.names()).toEqual(['ledger.db.lock']);
  });

  it('that is a database of someone else is refused, and stays as it is', async () => {
    using folder = new TempFolder();
    const path = folder.file('ledger.db.lock');
    alterDatabase(path, 'CREATE TABLE holder (name); INSERT INTO holder VALUES (1)');
    const attempt = acquireWriterLock(folder.file('ledger.db'), { command: 'ingest' });
    expect((await failureOf(attempt)).message).toBe(
      `${path}: a database, but not the lock of a ledger, for which qledger needs this name. ` +
        'Nothing was changed; move it away.',
    );
    expect(queryColumn(path, 'SELECT name FROM holder')).toEqual([1]);
    const owner = new Database(path, { timeout: 0 });
    expect(() => owner.exec('BEGIN IMMEDIATE; COMMIT')).not.toThrow();
    owner.close();
  });

  it('that is empty is taken', async () => {
    using folder = new TempFolder();
    folder.write('ledger.db.lock', '');
    using _lock = await acquireWriterLock(folder.file('ledger.db'), { command: 'ingest' });
    expect(queryColumn(folder.file('ledger.db.lock'), 'SELECT pid FROM holder')).toEqual([
      process.pid,
    ]);
  });

  it.each([
    ['can not be made', []],
    ['is left from someone else', ['ledger.db.lock']],
  ])('that %s is told by its name', async (_what, names) => {
    using folder = new TempFolder();
    for (const name of names) folder.write(name, '');
    const ledger = folder.file('ledger.db');
    const refusal = await withoutWriteAccess(folder.path, () =>
      failureOf(acquireWriterLock(ledger, { command: 'ingest' })),
    );
    expect(refusal).toMatchObject({ name: 'LedgerError', code: 'read-only' });
    expect(refusal.message.startsWith(`${ledger}: `)).toBe(true);
    expect(refusal.message).toContain(`its lock ${ledger}.lock: `);
    expect(folder.names()).toEqual(names);
  });

  it('below a folder that can not be made is told', async () => {
    using folder = new TempFolder();
    mkdirSync(folder.file('data'));
    const ledger = folder.file('data/derecho/ledger.db');
    const refusal = await withoutWriteAccess(folder.file('data'), () =>
      failureOf(acquireWriterLock(ledger, { command: 'ingest' })),
    );
    expect(refusal).toMatchObject({ name: 'LedgerError', code: 'read-only' });
    expect(refusal.message).toContain('its folder can');
  });
});

/** A process of its own that locks a ledger. */
class LockHolderProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #messages: AsyncIterator<unknown[]>;
  readonly #exit: Promise<unknown>;

  constructor(ledger: string, command: string, waitSeconds = 0) {
    const args = [ledger, command, String(waitSeconds)];
    this.#child = fork(new URL('lock-holder.ts', FIXTURES), args, { execArgv: [] });
    this.#messages = on(this.#child, 'message', { close: ['exit'] })[Symbol.asyncIterator]();
    this.#exit = once(this.#child, 'exit');
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** What it tells next. */
  async says(): Promise<unknown> {
    const { value } = await this.#messages.next();
    return value?.[0];
  }

  async release(): Promise<void> {
    this.#child.send('release');
    await this.#exit;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
