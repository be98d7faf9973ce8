import { compileCharging, type QueueCharge } from '../../src/charging/compile-charging.ts';
import { loadSite } from '../../src/site/load-site.ts';
import { machineOf } from '../../src/site/machine-of.ts';
import { openLedgerAsPeer } from './open-ledger-as-peer.ts';

interface Row {
  readonly id: number;
  readonly queue: string;
  readonly priority: string | null;
  readonly elapsed: number | null;
  readonly numcpus: number | null;
  readonly numgpus: number | null;
  readonly numnodes: number | null;
  readonly memory: number | null;
}

const ROWS_AT_ONCE = 10_000;

/** The loop that comes to mind first: read a job, charge it by the same compiled rules, update its row. */
const [path, config] = process.argv.slice(2);
const db = openLedgerAsPeer(path);
const charging = compileCharging(machineOf(loadSite(config), 'derecho').charging);
const queues = new Map<string, QueueCharge>();
const next = db.prepare<[number, number], Row>(
  `SELECT j.id, q.queue_name AS queue, j.priority, j.elapsed, j.numcpus, j.numgpus, j.numnodes, j.memory
   FROM jobs j JOIN queues q ON q.id = j.queue_id WHERE j.id > ? ORDER BY j.id LIMIT ?`,
);
const update = db.prepare<[number, number, number, number, number, number]>(
  `UPDATE job_charges SET cpu_hours = ?, gpu_hours = ?, memory_hours = ?, qos_factor = ?,
     charge_version = 2, incomplete = ? WHERE job_id = ?`,
);
for (let after = 0; ; ) {
  const rows = next.all(after, ROWS_AT_ONCE);
  if (rows.length === 0) break;
  db.transaction(() => {
    for (const row of rows) chargeRow(row);
  })();
  after = rows[rows.length - 1].id;
}
db.pragma('journal_mode = DELETE');
db.close();

function chargeRow({ id, queue, priority, ...row }: Row): void {
  const of = queues.get(queue) ?? charging.forQueue(queue);
  queues.set(queue, of);
  const charge = of.of({
    user: '',
    account: '',
    cpuType: null,
    gpuType: null,
    priority,
    endDay: 0,
    elapsedSeconds: row.elapsed ?? Number.NaN,
    numcpus: row.numcpus ?? Number.NaN,
    numgpus: row.numgpus ?? Number.NaN,
    numnodes: row.numnodes ?? Number.NaN,
    cputimeSeconds: Number.NaN,
    memoryBytes: row.memory ?? Number.NaN,
    reqmemBytes: Number.NaN,
  });
  const { factor } = charging.qos[charge.qosCode];
  update.run(charge.cpuHours, charge.gpuHours, charge.memoryHours, factor, charge.incomplete, id);
}
