// Goal: client words can be read at the age of 9 to 11, blame nobody and shout at nobody.
// Method: Flesch-Kincaid grade over each part of the catalogue, sentence length, a list of words
// that the house does not use, and no exclamation marks.
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { enPlan } from './en_plan';
import { enWaiting } from './en_waiting';
import { enWatch } from './en_watch';
import { enWhy } from './en_why';

// Any value a text asks for: a number in text, a name, a day.
const sample = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_target, name) => {
      if (name === 'at' || name === 'since') return '2026-11-24T10:00:00.000Z';
      if (['reader', 'with', 'name', 'who'].includes(String(name))) return 'Dr Lee';
      if (name === 'hours') return 7;
      if (['day', 'from', 'to', 'part', 'step'].includes(String(name))) return 'Monday';
      return 3;
    },
  },
);

const everything = { ...en, ...enPlan, ...enWaiting, ...enWatch, ...enWhy };
const texts = Object.entries(everything).map(([key, text]) => ({
  key,
  text: typeof text === 'string' ? text : (text as (v: unknown) => string)(sample),
}));

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? [];
}
function sentences(text: string): string[] {
  return text.split(/[.?:](?:\s|$)/).filter((part) => words(part).length > 0);
}
function syllables(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]|ed|[^laeiouy]e)$/, '').match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}
function grade(all: string[]): number {
  const sentenceCount = all.flatMap(sentences).length;
  const everyWord = all.flatMap(words);
  const syllableCount = everyWord.reduce((sum, word) => sum + syllables(word), 0);
  return (
    0.39 * (everyWord.length / sentenceCount) + 11.8 * (syllableCount / everyWord.length) - 15.59
  );
}

const banned = new RegExp(
  '\\b(fail(ed|ure)?|non-?compliant|compliance|committed|(ab)?normal|streak|badge|well done|' +
    'great|amazing|missed|should|must|suffer(ing|er)?|patient)\\b',
  'i',
);

describe('client words', () => {
  it('are read at about the age of ten', () => {
    expect(grade(texts.map(({ text }) => text))).toBeLessThanOrEqual(5);
  });
  it('keep every text that has more than eight words at an easy grade', () => {
    const hard = texts
      .filter(({ text }) => words(text).length > 8)
      .map(({ key, text }) => ({ key, grade: grade([text]) }))
      .filter((each) => each.grade > 8);
    expect(hard).toEqual([]);
  });
  it('have no sentence of more than twenty words', () => {
    const long = texts.flatMap(({ key, text }) =>
      sentences(text)
        .filter((part) => words(part).length > 20)
        .map(() => key),
    );
    expect(long).toEqual([]);
  });
  it('use none of the words that blame or praise', () => {
    expect(texts.filter(({ text }) => banned.test(text)).map(({ key }) => key)).toEqual([]);
  });
  it('have no exclamation mark', () => {
    expect(texts.filter(({ text }) => text.includes('!')).map(({ key }) => key)).toEqual([]);
  });
  it('measure a hard text as hard', () => {
    const hard = 'Psychometric deterioration necessitates immediate clinical reconsideration.';
    expect(grade([hard])).toBeGreaterThan(15);
  });
});
