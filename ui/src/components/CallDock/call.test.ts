// Goal: a number in any usual writing calls the same number.
import { describe, expect, it } from 'vitest';
import { telephone, textMessage } from './call';

describe('a number to call', () => {
  it('keeps its digits and a leading plus', () => {
    expect(telephone('01632 960 000')).toBe('tel:01632960000');
    expect(telephone('+44 (0)1632 960-000')).toBe('tel:+4401632960000');
    expect(telephone(' 112 ')).toBe('tel:112');
  });
  it('can be written to', () => {
    expect(textMessage('85 258')).toBe('sms:85258');
  });
});
