// Languages that nobody speaks, to find what a translation would break.
//   en-XL: every text about 40 % longer, with words as long as German compounds.
//   en-XR: the same words in a page that runs from right to left.

export type PseudoLocale = 'en-XL' | 'en-XR';

export function isPseudoLocale(text: string): text is PseudoLocale {
  return text === 'en-XL' || text === 'en-XR';
}

export function disguise(text: string, locale: PseudoLocale): string {
  // Marks at both ends make the punctuation at the edges follow the page's direction.
  return locale === 'en-XR' ? `\u200f${text}\u200f` : lengthen(text);
}

const growth = 1.4;

function lengthen(text: string): string {
  let missing = Math.round(text.length * (growth - 1));
  const doubled = text.replace(/[aeiou]/gi, (vowel) => {
    if (missing <= 0) return vowel;
    missing -= 1;
    return vowel + vowel.toLowerCase();
  });
  // What the vowels did not give goes to the longest word, as a compound would have it.
  const longest = doubled.split(/[^\p{L}]+/u).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (missing <= 0 || longest === '') return doubled;
  const tail = 'gesellschaftsvertrag'.repeat(1 + Math.floor(missing / 20)).slice(0, missing);
  return doubled.replace(longest, longest + tail);
}
