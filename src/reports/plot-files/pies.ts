import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byId } from '../facts/grouping.ts';
import { jobCount, sum } from '../facts/measures.ts';
import { namesOf } from '../facts/names-of.ts';
import { windowDays } from '../window.ts';
import { hoursOf, jobsOf, type PlotColumn, type PlotFile } from './plot-file.ts';

/** Hours and jobs of each user or account, most hours first. */
export function pie(name: string, by: 'user' | 'account', resource: 'cpu' | 'gpu'): PlotFile {
  const hours: PlotColumn = { key: 'hours', label: 'Usage', kind: 'hours', width: 15 };
  return {
    name,
    report: `usage-by-${by}`,
    resource,
    answer(db, question) {
      const nameOf = namesOf(db, by);
      const valuesOf = groupedJobs(db, {
        window: windowDays(question.from, question.to),
        by: byId(`${by}_id`, nameOf),
        measures: [sum(hoursOf(resource), hours), jobCount],
        filters: jobsOf(db, question, resource),
      });
      const rows = [...valuesOf].map(([id, [used, jobs]]) => ({
        who: nameOf.get(id) ?? '',
        used: Number(used),
        jobs,
      }));
      rows.sort((a, b) => b.used - a.used || (a.who < b.who ? -1 : 1));
      return {
        columns: [
          { key: by, label: by === 'user' ? 'User-ids' : 'Accounts', kind: 'text', width: 15 },
          hours,
          { key: 'jobs', label: 'Counts', kind: 'count', width: 0 },
        ],
        rows: rows
          .slice(0, question.top ?? rows.length)
          .map(({ who, used, jobs }) => [who, used, jobs]),
      };
    },
  };
}
