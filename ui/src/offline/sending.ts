// The one outbox of this page and the moments at which it tries again.
import { api } from '../api/client';
import type { Written } from '../api/types';
import { Outbox } from './outbox.svelte';

export const outbox = new Outbox((person, entry) =>
  api.post<Written>(`/api/people/${person}/entries`, entry),
);

const whileWaiting = 15_000; // ms between tries; a phone is not told when a network is back

/** Called once by the client's frame; the returned function stops it. */
export function keepSending(): () => void {
  const tryNow = () => void outbox.flush();
  const whenSeen = () => {
    if (document.visibilityState === 'visible') tryNow();
  };
  addEventListener('online', tryNow);
  document.addEventListener('visibilitychange', whenSeen);
  const timer = setInterval(() => {
    if (outbox.waiting.length > 0) tryNow();
  }, whileWaiting);
  return () => {
    removeEventListener('online', tryNow);
    document.removeEventListener('visibilitychange', whenSeen);
    clearInterval(timer);
  };
}
