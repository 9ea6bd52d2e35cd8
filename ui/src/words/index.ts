// t('key', values): the only way to words on a screen.
// The language is fixed while a page lives; a change of language loads the page again.
import { en } from './en';
import type { enPlan } from './en_plan';
import type { enStaff } from './en_staff';
import type { enWaiting } from './en_waiting';
import type { enWatch } from './en_watch';
import type { enWhy } from './en_why';
import { disguise, isPseudoLocale, type PseudoLocale } from './pseudo';

type Words = typeof en & typeof enPlan & typeof enStaff & typeof enWaiting & typeof enWatch &
  typeof enWhy;
export type Key = keyof Words;
type Values<K extends Key> = Words[K] extends (values: infer V) => string ? [values: V] : [];
// A text is looked up by a key that is known to fit, so the value's type is settled at the call.
type Text = string | ((values: never) => string);

const catalogue: Record<string, Text> = { ...en };
const languageKey = 'evenkeel.lang';
const language = chosenLanguage();

function chosenLanguage(): PseudoLocale | undefined {
  if (typeof location === 'undefined') return undefined;
  const asked = new URLSearchParams(location.search).get('lang');
  try {
    if (asked) sessionStorage.setItem(languageKey, asked);
    const kept = asked ?? sessionStorage.getItem(languageKey);
    return kept && isPseudoLocale(kept) ? kept : undefined;
  } catch {
    return asked && isPseudoLocale(asked) ? asked : undefined;
  }
}

export function pseudoLocale(): PseudoLocale | undefined {
  return language;
}

export function textDirection(): 'ltr' | 'rtl' {
  return language === 'en-XR' ? 'rtl' : 'ltr';
}

/** A bundle that comes later brings its part of the catalogue with it: staff, the plan. */
export function addWords(more: Record<string, Text>): void {
  Object.assign(catalogue, more);
}

export function t<K extends Key>(key: K, ...values: Values<K>): string {
  return look(key, values[0]) ?? key;
}

/** The text of a key that came from the server; undefined if this catalogue does not know it. */
export function look(key: string, values: unknown): string | undefined {
  const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
  if (text === undefined) return undefined;
  const plain = typeof text === 'string' ? text : text(values as never);
  return language ? disguise(plain, language) : plain;
}
