// Goal: an address is matched to a screen by its whole path, and values come out decoded.
import { describe, expect, it } from 'vitest';
import { match } from './router.svelte';

describe('the router', () => {
  it('finds the first page', () => {
    expect(match('/', '/')).toEqual({});
  });
  it('hands out the values of a path, decoded', () => {
    expect(match('/invitation/:code', '/invitation/a%20b')).toEqual({ code: 'a b' });
  });
  it('does not mind a slash at the end', () => {
    expect(match('/how', '/how/')).toEqual({});
  });
  it('refuses a path that is longer, shorter or other', () => {
    expect(match('/people/:person', '/people')).toBeUndefined();
    expect(match('/people/:person', '/people/1/more')).toBeUndefined();
    expect(match('/people/:person', '/person/1')).toBeUndefined();
  });
  it('keeps a badly encoded value as it stands', () => {
    expect(match('/invitation/:code', '/invitation/%')).toEqual({ code: '%' });
  });
});
