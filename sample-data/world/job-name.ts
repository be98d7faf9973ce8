import type { SeededRandom } from '../random/seeded-random.ts';

/** Names the nth job of a series. */
export type JobNaming = (serial: number) => string;

const STEMS = words(`
  spinup hindcast regrid postproc train infer ensmean pack_output extract subset_levels seaice bgc
  les_box tracer obs_convert make_bc climo merge STDIN sensitivity adjoint hires downscale qa_daily
  archive_run interp plumes
`);
const CASES = words('CTRL PIPD SSP2 AMIPx FWARM BGCx2 OMIPa DRYLAND LGMx AQUAp');
const GRIDS = words('g025 g05_t13 c96L58 hex15km r1x1 q240 hex120km c48L32');
const TOOLS = words('ifort gcc12 nvhpc aocc opt debug production restart newphys');
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGH';
const OVERLONG_SHARE = 0.012;
const MAX_NAME_LENGTH = 230;
const LONGEST_NUMBERING = '_iter999'.length;

/** PBS takes any byte that prints, and people do type their own language. */
const NAMES_BEYOND_ASCII = words(`
  été_moyenne Grönland_süd niño_índice dérive-côtière Ångström_run 台風_再解析 океан_тест ciclón🌀v2
`);

/** A user's way of naming one kind of job: printable ASCII without commas, at most 230 characters. */
export function makeJobNaming(random: SeededRandom, longNameShare: number): JobNaming {
  if (random.chance(OVERLONG_SHARE)) return numbered(random, overlong(random));
  if (random.chance(longNameShare)) return numbered(random, caseName(random));
  const stem = random.pick(STEMS);
  return numbered(random, random.chance(0.35) ? stem : `${stem}_${random.pick(GRIDS)}`);
}

export function nameBeyondAscii(random: SeededRandom): string {
  return random.pick(NAMES_BEYOND_ASCII);
}

function numbered(random: SeededRandom, name: string): JobNaming {
  const style = random.below(6);
  const stem = name.slice(0, MAX_NAME_LENGTH - LONGEST_NUMBERING);
  if (style === 0) return (serial) => `${stem}.${String(serial).padStart(3, '0')}`;
  if (style === 1) return (serial) => `${stem}_iter${serial}`;
  if (style === 2) return (serial) => `${stem}-m${String(serial).padStart(2, '0')}`;
  if (style === 3) return (serial) => `${stem}_${1980 + (serial % 120)}`;
  if (style === 4 && random.chance(0.1)) return (serial) => LETTERS[serial % LETTERS.length];
  return () => stem;
}

function caseName(random: SeededRandom): string {
  const parts = ['run', random.pick(CASES), random.pick(GRIDS), random.pick(TOOLS)];
  while (random.chance(0.5)) parts.push(random.pick([TOOLS, CASES, STEMS][random.below(3)]));
  return parts.join('.');
}

/** Some workflow managers spell out the whole experiment in the name. */
function overlong(random: SeededRandom): string {
  const length = random.between(100, MAX_NAME_LENGTH);
  let name = caseName(random);
  while (name.length < length) name += `-${random.pick(CASES)}+${caseName(random)}`;
  return name.slice(0, length);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
