/** `The 15 largest of 277 users`, of whom a label says what each is. */
export function cutName(shown: number, all: number, label: string): string {
  const noun = inSentence(label);
  const nouns = noun.endsWith('s') ? `${noun}es` : `${noun}s`;
  return `The ${shown} largest of ${all.toLocaleString('en-US')} ${nouns}`;
}

/** A label within a sentence: `idle CPU hours`. Names such as CPU or QoS stay as they are. */
export function inSentence(label: string): string {
  return label.replace(/^[A-Z](?=[a-z]+( |$))/, (letter) => letter.toLowerCase());
}
