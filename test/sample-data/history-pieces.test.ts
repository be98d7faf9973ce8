import { describe, expect, it } from 'vitest';
import {
  HISTORY_FORMATS,
  type HistoryFormat,
  historyPieces,
} from '../../sample-data/history-pieces.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { exampleHistory, historyText } from './history-of.ts';

/** Some values of each job as every format prints them, in common units: enough to tell jobs apart. */
interface Seen {
  readonly id: string;
  readonly submit: string;
  readonly end: string;
  readonly user: string;
  readonly status: string;
  readonly resources: string;
}

interface JsonJob {
  readonly ctime: string;
  readonly end: string;
  readonly user: string;
  readonly Exit_status: string;
  readonly Resource_List: { readonly select?: string };
}

const readers: Readonly<Record<HistoryFormat, (text: string) => readonly Seen[]>> = {
  'qhist-csv': seenInCsv,
  'qhist-json': seenInJson,
  'qhist-list': seenInList,
  'pbs-log': seenInLog,
};
const { derecho, casper } = machineProfiles;

describe.each(HISTORY_FORMATS)('historyPieces in %s', (format) => {
  it('writes the same bytes for the same seed and others for another', () => {
    const text = historyText(format, exampleHistory());
    expect(historyText(format, exampleHistory())).toBe(text);
    expect(historyText(format, exampleHistory({ seed: 2 }))).not.toBe(text);
  });

  it.each([derecho, casper])('tells of the same jobs of $name as the CSV does', (machine) => {
    const options = exampleHistory({ machine, broken: 0 });
    const expected = seenInCsv(historyText('qhist-csv', options));
    expect(expected).toHaveLength(2000);
    expect(readers[format](historyText(format, options))).toEqual(expected);
  });

  it('spoils the same jobs as the CSV does', () => {
    const whole = seenInCsv(historyText('qhist-csv', exampleHistory({ jobs: 2014, broken: 0 })));
    // What a reader of such good faith makes of the broken ones is left out.
    const broken = new Set(spoiltPlaces(exampleHistory()));
    const seen = new Set(readers[format](historyText(format, exampleHistory())).map(textOf));
    const missing = whole.filter((job, place) => !broken.has(place) && !seen.has(textOf(job)));
    expect(broken.size).toBe(14);
    expect(missing).toEqual([]);
  });

  it('comes in pieces, none of them long', () => {
    const pieces = [...historyPieces(format, exampleHistory({ jobs: 6000 }))];
    const lengths = pieces.map(({ text }) => text.length);
    expect(lengths.length).toBeGreaterThan(3);
    expect(Math.max(...lengths)).toBeLessThan(1024 * 1024);
  });
});

function spoiltPlaces(options: ReturnType<typeof exampleHistory>): readonly number[] {
  const { jobs, broken } = options;
  const good = historyText('qhist-csv', { ...options, jobs: jobs + broken, broken: 0 }).split('\n');
  const lines = historyText('qhist-csv', options).split('\n');
  return lines.flatMap((line, place) => (line === good[place] ? [] : [place - 1]));
}

function textOf(job: Seen): string {
  return Object.values(job).join(' ');
}

function seenInCsv(text: string): readonly Seen[] {
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => {
    const fields = line.split(',');
    return {
      id: fields[0],
      submit: fields[25],
      end: fields[10],
      user: fields[26],
      status: fields[24],
      resources: fields[22],
    };
  });
}

function seenInJson(text: string): readonly Seen[] {
  const jobs: Record<string, Partial<JsonJob>> = JSON.parse(text).Jobs;
  return Object.entries(jobs).map(([id, job]) => ({
    id,
    submit: job.ctime ?? '',
    end: job.end ?? '',
    user: job.user ?? '',
    status: job.Exit_status ?? '',
    resources: job.Resource_List?.select ?? '',
  }));
}

function seenInList(text: string): readonly Seen[] {
  return text
    .split('\n\n')
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => {
      const [id, ...lines] = paragraph.trim().split('\n');
      const value = (label: string) =>
        lines.find((line) => line.trim().startsWith(label))?.split(' = ')[1] ?? '';
      return {
        id,
        submit: value('Job Submit'),
        end: value('Job End'),
        user: value('User'),
        status: value('Exit Status'),
        resources: value('Resources'),
      };
    });
}

function seenInLog(text: string): readonly Seen[] {
  const denver = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Denver',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const local = (epoch: string | undefined) => denver.format(Number(epoch ?? 0) * 1000 || 0);
  const ends = text.split('\n').filter((line) => line.slice(20, 21) === 'E');
  return ends.map((line) => {
    const [, , id, message] = line.split(';');
    const value = (key: string) => new RegExp(`(?:^| )${key}=(\\S*)`).exec(message)?.[1];
    return {
      id,
      submit: local(value('ctime')),
      end: local(value('end')),
      user: value('user') ?? '',
      status: value('Exit_status') ?? '',
      resources: value('Resource_List\\.select') ?? '',
    };
  });
}
