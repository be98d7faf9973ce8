import { formatLocalDay } from '../../../site/local-day.ts';
import { IndexPages } from './index-pages.ts';
import { IDS_PER_OWNER } from './job-owners.ts';
import type { PageFile } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import type { SummaryCell } from './summary-cells.ts';

/**
 * Writes the rows of `daily_summary`, in the order of its key: date, user, account, queue. It is a table
 * without row ids, which is stored as an index that holds whole rows. SQLite file format, section 2.4.
 */
export class SummaryPages {
  readonly #pages: IndexPages;
  readonly #row = new SqliteRecord();
  #day = Number.NaN;
  #date = new Uint8Array(0);

  constructor(file: PageFile, rootPage: number) {
    this.#pages = new IndexPages(file, rootPage);
  }

  /** @param ownerIds of all owners. */
  append({ day, owner, jobs, sums }: SummaryCell, ownerIds: Int32Array): void {
    if (day !== this.#day) {
      this.#date = Buffer.from(formatLocalDay(day));
      this.#day = day;
    }
    const row = this.#row;
    row.clear();
    row.text(this.#date, 0, this.#date.length);
    for (let id = 0; id < IDS_PER_OWNER; id++) row.integer(ownerIds[owner * IDS_PER_OWNER + id]);
    row.integer(jobs);
    for (let i = 0; i < sums.length; i++) row.real(sums[i]);
    this.#pages.append(row);
  }

  finish(): void {
    this.#pages.finish();
  }
}
