// Goal: however often somebody asks, one request is on its way, and what is shown in the end was
// asked for after the last call.
import { describe, expect, it } from 'vitest';
import { Resource } from './resource.svelte';

function serverOf(): { resource: Resource<number>; asked: () => number; answer: () => void } {
  const waiting: ((value: number) => void)[] = [];
  let asked = 0;
  const resource = new Resource(() => {
    asked += 1;
    return new Promise<number>((done) => waiting.push(done));
  });
  return { resource, asked: () => asked, answer: () => waiting.shift()?.(asked) };
}
const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('what is fetched', () => {
  it('is asked for once while a request is on its way, and once more after it', async () => {
    const { resource, asked, answer } = serverOf();
    const all = Array.from({ length: 5000 }, () => resource.load());
    expect(asked()).toBe(1);
    answer();
    await turn();
    expect(asked()).toBe(2);
    expect(resource.value).toBe(1);
    answer();
    await Promise.all(all);
    expect(asked()).toBe(2);
    expect(resource.value).toBe(2);
  });
  it('stays on the screen when the next request has no answer', async () => {
    let calls = 0;
    const resource = new Resource(() => {
      calls += 1;
      return calls === 1 ? Promise.resolve('shown') : Promise.reject(new Error('no network'));
    });
    await resource.load();
    await resource.load();
    expect(resource.value).toBe('shown');
    expect(resource.failure).toBeInstanceOf(Error);
    await resource.load();
    expect(calls).toBe(3);
  });
});
