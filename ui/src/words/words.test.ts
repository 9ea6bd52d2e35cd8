// Goal: texts take their values, count correctly, and the two pseudo-locales do what they promise.
import { describe, expect, it } from 'vitest';
import { count, list } from './grammar';
import { t } from './index';
import { disguise } from './pseudo';
import { sentence } from './sentences';
import { en } from './en';

describe('the catalogue', () => {
  it('fills values in', () => {
    expect(t('today.gap', { name: 'Maya' })).toBe('Good to see you, Maya.');
  });
  it('counts one and many', () => {
    expect(count(1, 'day', 'days')).toBe('1 day');
    expect(count(0, 'day', 'days')).toBe('0 days');
    expect(t('fault.title', { n: 1 })).toBe('One thing to look at');
    expect(t('fault.title', { n: 3 })).toBe('3 things to look at');
  });
  it('joins a list as a sentence does', () => {
    expect(list([])).toBe('');
    expect(list(['Monday'])).toBe('Monday');
    expect(list(['Monday', 'Tuesday', 'Friday'])).toBe('Monday, Tuesday and Friday');
  });
});

describe('sentences from the server', () => {
  it('are worded for the person themselves', () => {
    const said = { code: 'change.better_than_chance', values: { from: 17, to: 10, since: '' } };
    expect(sentence(said, 'you')).toBe(
      'Lower than when you began, 17 then and 10 now. That is more than chance.',
    );
  });
  it('never call a higher score lower, nor the reverse', () => {
    const up = { code: 'change.worse_than_chance', values: { from: 9, to: 16, since: '' } };
    expect(sentence(up, 'you')).toContain('Higher than when you began, 9 then and 16 now');
    const same = { code: 'change.could_be_chance', values: { from: 9, to: 9, since: '' } };
    expect(sentence(same, 'you')).toContain('The same as when you began');
  });
  it('show the bare code when there is no wording, rather than nothing', () => {
    expect(sentence({ code: 'change.unheard_of', values: {} }, 'you')).toBe('change.unheard_of');
  });
});

describe('pseudo-locales', () => {
  const plain = Object.values(en).filter((text) => typeof text === 'string');
  it('make every text about 40 % longer', () => {
    for (const text of plain.filter((each) => /[a-z]/i.test(each))) {
      const longer = disguise(text, 'en-XL').length;
      expect(Math.abs(longer - 1.4 * text.length), text).toBeLessThanOrEqual(1);
    }
  });
  it('keep the words in the page that runs from right to left', () => {
    expect(disguise('Get help now', 'en-XR')).toContain('Get help now');
  });
});
