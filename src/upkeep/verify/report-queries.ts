import Database from 'better-sqlite3';
import { markAllSegments } from '../../ledger/sqlite/facts/stale-segments.ts';
import { createSchema } from '../../ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../../ledger/sqlite/refresh-stale.ts';
import { isQuery } from '../../reports/explain/explained-report.ts';
import { ZoneClock } from '../../site/zone-clock.ts';
import { zoneTable } from '../../site/zone-table.ts';
import { REPORT_QUESTIONS } from './report-questions.ts';

export interface ReportQuery {
  readonly report: string;
  readonly sql: string;
}

/** A row of each table that a report looks into before it asks on. */
const EXAMPLE = `
  INSERT INTO ledger (id, machine, time_zone) VALUES (1, 'example', 'UTC');
  INSERT INTO charge_rule_sets (version, hash, rules, created_at, reason) VALUES (1, '', '{}', 0, '');
  INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version)
    VALUES (1, 'ingest', 'complete', 0, 0, '0', 1);
  INSERT INTO users (id, username) VALUES (1, 'user');
  INSERT INTO accounts (id, account_name) VALUES (1, 'account');
  INSERT INTO queues (id, queue_name) VALUES (1, 'queue');
  INSERT INTO job_qos (id, name, factor) VALUES (1, 'qos', 1);
  INSERT INTO source_files (id, path, size_bytes, modified_ms, format, committed_offset, next_line)
    VALUES (1, '/file', 0, 0, 'pbs-log', 0, 1);
  INSERT INTO run_files (run_id, file_id, from_offset, to_offset) VALUES (1, 1, 0, 0);
  INSERT INTO rejects (run_id, file_id, line, byte_offset, code, reason, raw_text)
    VALUES (1, 1, 1, 0, 'code', '', '');
  INSERT INTO jobs (id, job_id, user_id, account_id, queue_id, qos_id, submit, "end", run_id, file_id, line)
    VALUES (1, '1.server', 1, 1, 1, 1, 0, 0, 1, 1, 1);
  INSERT INTO job_charges
    (job_id, cpu_hours, gpu_hours, memory_hours, qos_factor, charge_version, incomplete)
    VALUES (1, 0, 0, 0, 1, 1, 0);
  INSERT INTO daily_summary
    (date, user_id, account_id, queue_id, job_count,
     cpu_hours, gpu_hours, memory_hours, cpu_charges, gpu_charges, memory_charges)
    VALUES ('1970-01-01', 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);`;

/** The queries of all reports, with values in place, overheard while they are asked of a ledger of one job. */
export function reportQueries(): ReportQuery[] {
  const heard: string[] = [];
  const db = new Database(':memory:', { verbose: (sql) => heard.push(String(sql)) });
  try {
    createSchema(db);
    db.exec(EXAMPLE);
    markAllSegments(db);
    refreshStale(db, new ZoneClock(zoneTable('UTC')));
    return REPORT_QUESTIONS.flatMap(({ report, ask }) => {
      heard.length = 0;
      ask(db);
      return heard.filter(isQuery).map((sql) => ({ report, sql }));
    });
  } finally {
    db.close();
  }
}
