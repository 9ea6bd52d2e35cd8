// Goal: what the server found wrong reaches the field it is about.
import { describe, expect, it } from 'vitest';
import { Problem } from './problem';

describe('a problem document', () => {
  const found = new Problem(422, {
    detail: 'Two things do not fit.',
    problems: [
      { where: '/password', message: 'Use ten letters.' },
      { where: '/body/email', message: 'Write an address.' },
      { where: '/password', message: 'Not the old one.' },
    ],
  });
  it('gives each field all of its faults, wherever the pointer begins', () => {
    expect(found.at('/password')).toEqual(['Use ten letters.', 'Not the old one.']);
    expect(found.at('/email')).toEqual(['Write an address.']);
    expect(found.at('/code')).toEqual([]);
  });
  it('says in its message what happened', () => {
    expect(found.message).toBe('Two things do not fit.');
    expect(new Problem(500, { title: 'Broken' }).message).toBe('Broken');
  });
  it('does not stumble over a document that is not one', () => {
    expect(new Problem(502, { problems: 'no' } as never).faults).toEqual([]);
  });
});
