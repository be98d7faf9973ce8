/** Derecho with fewer cores of a node charged and a dearer premium: most charges change. */
export const NEW_RULES_TOML = `
[machines.derecho]
time-zone = "America/Denver"
cpu-type = "milan"
gpu-types = { a100 = "a100", h100 = "h100", l40 = "l40", nvgpu = "v100" }
[[machines.derecho.rules]]
queue = ["*gpu*dev*", "*dev*gpu*"]
cpu = "allocated"
gpu = "allocated"
[[machines.derecho.rules]]
queue = "*dev*"
cpu = "allocated"
gpu = "none"
[[machines.derecho.rules]]
queue = "*gpu*"
cpu = { per-node = 120 }
gpu = { per-node = 4 }
[[machines.derecho.rules]]
queue = "*"
cpu = { per-node = 120 }
gpu = "none"
[machines.derecho.qos]
default = "regular"
factors = { premium = 2.0, regular = 1.0, economy = 0.5, special = 1.0, uncharged = 0.0 }
queues = { jhublogin = "uncharged" }
`;

/** The same rules in SQL, for `jobs j` and `queues q`; NULL where an input is not known. */
export const NEW_RULES_SQL = `
  CASE WHEN q.queue_name LIKE '%dev%' THEN j.numcpus ELSE j.numnodes * 120.0 END
    * j.elapsed / 3600.0 AS cpu,
  CASE
    WHEN q.queue_name NOT LIKE '%gpu%' THEN 0.0
    WHEN q.queue_name LIKE '%dev%' THEN j.numgpus * j.elapsed / 3600.0
    ELSE j.numnodes * 4.0 * j.elapsed / 3600.0
  END AS gpu,
  j.memory / 1073741824.0 * j.elapsed / 3600.0 AS memory,
  CASE
    WHEN q.queue_name = 'jhublogin' THEN 0.0
    WHEN j.priority = 'premium' THEN 2.0
    WHEN j.priority = 'economy' THEN 0.5
    ELSE 1.0
  END AS factor`;
