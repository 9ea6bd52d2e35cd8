// Goal: ids have the form of RFC 9562 version 7, sort by time, and do not repeat.
import { describe, expect, it } from 'vitest';
import { newId } from './id';

describe('ids made in the browser', () => {
  it('have version 7 and the variant of the standard', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(newId()).toMatch(form);
  });
  it('begin with the time, so that they sort by it', () => {
    // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 017f22e2-79b0.
    expect(newId(0x017f22e279b0).slice(0, 13)).toBe('017f22e2-79b0');
    expect(newId(1000) < newId(2000)).toBe(true);
  });
  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(5))).size).toBe(1000);
  });
});
