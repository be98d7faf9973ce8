import type { SeededRandom } from '../random/seeded-random.ts';
import { WeightedChoice, zipfWeight } from '../random/weighted-choice.ts';

/** An invented user of the site with the accounts that may be charged for the work. */
export interface Person {
  readonly username: string;
  readonly accounts: readonly string[];
}

const INITIALS = 'abcdefghijklmnoprstvwyz';
const ONSETS = 'b br d dr f g h k kl l m n p r s st t v z'.split(' ');
const VOWELS = 'a e i o u au ei'.split(' ');
/** Two of nine syllables are open. */
const CODAS = ['', '', ...'n r l s ck nd m'.split(' ')];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** People share accounts, and a few accounts have most of the people. */
export function makePeople(random: SeededRandom, count: number): readonly Person[] {
  const accounts = distinct(Math.ceil(count / 2), () => makeAccount(random));
  const account = new WeightedChoice(accounts, (_, index) => 1 / (index + 10));
  const accountCount = new WeightedChoice([1, 2, 3, 4], zipfWeight);
  return distinct(count, () => makeUsername(random)).map((username) => ({
    username,
    accounts: distinct(accountCount.draw(random), () => account.draw(random)),
  }));
}

function distinct(count: number, make: () => string): readonly string[] {
  const made = new Set<string>();
  while (made.size < count) made.add(make());
  return [...made];
}

/** An initial and a surname that nobody has: `kdraunel`. */
function makeUsername(random: SeededRandom): string {
  const syllable = () => random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
  const surname = syllable() + syllable();
  return (INITIALS[random.below(INITIALS.length)] + surname).slice(0, 9);
}

/** `P12340000` for projects, `WYOM0599` for one partner, else a kind of allocation and a letter code. */
function makeAccount(random: SeededRandom): string {
  const kind = random.unit();
  if (kind < 0.25) return `P${random.between(1000, 9999)}${random.pick(['0000', '0001', '0100'])}`;
  if (kind < 0.33) return `WYOM0${random.between(500, 999)}`;
  const serial = String(random.between(1, 199)).padStart(4, '0');
  const code = Array.from({ length: 3 }, () => LETTERS[random.below(LETTERS.length)]).join('');
  return `${kind < 0.83 ? 'U' : 'N'}${code}${serial}`;
}
