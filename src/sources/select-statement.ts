/** What a PBS select statement (`2:ncpus=128:mpiprocs=4+1:ncpus=64`) says of each node's ranks and hardware. */
export interface SelectStatement {
  /** MPI ranks per node; null where not said. */
  readonly mpiprocs: number | null;
  /** Threads per rank; null where not said. */
  readonly ompthreads: number | null;
  readonly cpuType: string | null;
  readonly gpuType: string | null;
}

/**
 * Reads a select statement. Where it asks for several kinds of node, the kind with the most nodes speaks for
 * the job (the first of equals), since the ledger keeps one figure for a job and most of it runs there;
 * a hardware type is the first that any kind names.
 */
export function parseSelectStatement(text: string): SelectStatement {
  let mostNodes = 0;
  let main = new Map<string, string>();
  let cpuType: string | null = null;
  let gpuType: string | null = null;
  for (const chunk of text.split('+')) {
    const [first, ...rest] = chunk.split(':');
    // The count may be left out: `ncpus=4` is one chunk.
    const counted = /^\d+$/.test(first);
    const resources = new Map((counted ? rest : [first, ...rest]).map(keyAndValue));
    const nodes = counted ? Number(first) : 1;
    if (nodes > mostNodes) {
      mostNodes = nodes;
      main = resources;
    }
    // An empty type is none.
    cpuType ||= resources.get('cpu_type') || null;
    gpuType ||= resources.get('gpu_type') || null;
  }
  return {
    mpiprocs: wholeOrNull(main.get('mpiprocs')),
    ompthreads: wholeOrNull(main.get('ompthreads')),
    cpuType,
    gpuType,
  };
}

function keyAndValue(resource: string): [string, string] {
  const equals = resource.indexOf('=');
  return equals === -1 ? [resource, ''] : [resource.slice(0, equals), resource.slice(equals + 1)];
}

function wholeOrNull(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
