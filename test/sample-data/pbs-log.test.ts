import { describe, expect, it } from 'vitest';
import { accountingDetails } from '../../sample-data/accounting-details.ts';
import type { JobEventType } from '../../sample-data/job-events.ts';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { brokenPbsLogLine, pbsLogLines } from '../../sample-data/pbs-log.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import type { SyntheticJob } from '../../sample-data/synthetic-job.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';

const { derecho, casper } = machineProfiles;
const time = new LocalTimeText(zoneTable(derecho.zone));

function eventOf(type: JobEventType, fields: Partial<SyntheticJob> = {}, machine = derecho) {
  const job = exampleJob({ numcpus: 128, numnodes: 1, reqmemBytes: 235 * 2 ** 30, ...fields });
  const details = {
    ...accountingDetails(job, machine, 1),
    queued: job.submit + 1,
    eligibleSeconds: 62,
    group: 'univ',
    session: 21_019,
    firstNode: 17,
    firstCore: 0,
    wattsPerNode: 400,
  };
  return { type, second: job.end, accounted: { job, details, machine } };
}

function lines(type: JobEventType, fields?: Partial<SyntheticJob>, machine = derecho): string[] {
  const text = pbsLogLines(eventOf(type, fields, machine), time);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('pbsLogLines', () => {
  it('prints the end of a job as PBS does', () => {
    expect(lines('E')).toEqual([
      '12/31/2025 21:32:22;E;4200001.desched1;user=kdraunel group=univ account="UABC0001" ' +
        'project=_pbs_project_default jobname=spinup_g025 queue=cpu ctime=1767238233 ' +
        'qtime=1767238234 etime=1767238240 start=1767238300 exec_host=dec0017/0*128 ' +
        'exec_vnode=(dec0017:ncpus=128:mem=246415360kb:ngpus=0) Resource_List.cpu_type=milan ' +
        'Resource_List.gpu_type=a100 Resource_List.job_priority=regular Resource_List.mem=235gb ' +
        'Resource_List.mpiprocs=512 Resource_List.ncpus=128 Resource_List.ngpus=0 ' +
        'Resource_List.nodect=1 Resource_List.ompthreads=1 Resource_List.place=scatter:exclhost ' +
        'Resource_List.preempt_targets=QUEUE=pcpu ' +
        'Resource_List.select=4:ncpus=128:mpiprocs=128:ompthreads=1 ' +
        'Resource_List.walltime=12:00:00 session=21019 end=1767241942 Exit_status=0 ' +
        'resources_used.cpupercent=51000 resources_used.cput=509:43:21 ' +
        'resources_used.mem=26214401kb resources_used.ncpus=128 resources_used.vmem=1kb ' +
        'resources_used.walltime=01:00:00 resources_used.x-ncar-cpu-energy=720000 ' +
        'resources_used.x-ncar-energy=1440000 resources_used.x-ncar-gpu0-energy=0 ' +
        'resources_used.x-ncar-memory-energy=360000 eligible_time=00:01:02 run_count=1',
    ]);
  });

  it('prints two lines for a job that is submitted, of the common queue first', () => {
    const [common, own] = lines('Q', { eligible: 1_767_238_234 });
    expect(common).toContain(';Q;4200001.desched1;user=kdraunel ');
    expect(common).toContain(' queue=main ctime=1767238233 qtime=1767238234 etime=0 ');
    expect(own).toContain(' queue=cpu ctime=1767238233 qtime=1767238234 etime=1767238234 ');
    expect(own).toMatch(/ Resource_List\.walltime=12:00:00 $/);
    expect(lines('Q', { queue: 'main' })).toHaveLength(1);
  });

  it('says that a held job is not eligible yet', () => {
    expect(lines('Q', { eligible: 1_767_239_999 })[1]).toContain(' etime=0 ');
  });

  it('puts an array into the queue as a whole', () => {
    expect(lines('Q', { jobId: '42[1].desched1', shortId: '42[1]' })[0]).toContain(
      ';Q;42[].desched1;',
    );
    expect(lines('S', { jobId: '42[1].desched1', shortId: '42[1]' })[0]).toContain(
      ';S;42[1].desched1;',
    );
  });

  it('prints the start with what was assigned', () => {
    expect(lines('S')[0]).toMatch(
      / resource_assigned\.mem=246415360kb resource_assigned\.ncpus=128 resource_assigned\.ngpus=0 $/,
    );
  });

  it('says who deleted or altered a job', () => {
    expect(lines('D')).toEqual([
      '12/31/2025 21:32:22;D;4200001.desched1;requestor=kdraunel@login1.derecho.example',
    ]);
    expect(lines('a')).toEqual(['12/31/2025 21:32:22;a;4200001.desched1;Priority=1000']);
  });

  it('prints no energy on casper, and the resource that nobody uses', () => {
    const [line] = lines('E', {}, casper);
    expect(line).not.toContain('energy');
    expect(line).toContain(' Resource_List.mps=0 ');
  });
});

describe('brokenPbsLogLine', () => {
  const broken = (kind: number) =>
    brokenPbsLogLine(eventOf('E'), time, kind, new SeededRandom('test'));

  it('breaks a line in as many ways as a line of CSV', () => {
    const [truncated, comma, start, end, noId, blank, noNumber] = [0, 1, 2, 3, 4, 5, 6].map(broken);
    expect(truncated).not.toContain(' end=');
    expect(lines('E')[0].startsWith(truncated.trimEnd())).toBe(true);
    expect(comma).toContain(' jobname=spinup_g025,v2 ');
    expect(start).not.toMatch(/ start=\d+ /);
    expect(end).toContain(' end=883619116 ');
    expect(noId).toContain('12/31/2025 21:32:22;E;;user=');
    expect(blank).toBe('\n');
    expect(noNumber).not.toMatch(/ Resource_List\.ncpus=\d+ /);
  });
});
