/** A page that is not what it must be. The code in the message is that of SQLite, and crosses threads with it. */
export class DamagedPage extends Error {
  override readonly name = 'DamagedPage';

  constructor(pageNumber: number, what: string) {
    super(`SQLITE_CORRUPT: page ${pageNumber} ${what}`);
  }
}
