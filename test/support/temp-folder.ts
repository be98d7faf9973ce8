import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that is gone, with all that is in it, when the block that holds it with `using` ends. */
export class TempFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'qledger-test-'));

  file(name: string): string {
    return join(this.path, name);
  }

  /** @returns the path of the new file. */
  write(name: string, content: string | Uint8Array): string {
    const path = this.file(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** What is in the folder, or in one that is in it. */
  names(folder = ''): string[] {
    return readdirSync(this.file(folder)).sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
