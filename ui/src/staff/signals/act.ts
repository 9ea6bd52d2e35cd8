// What can be done about a signal. Ids are made once for each signal and step, so that pressing
// twice, or again after a broken connection, writes once.
import type { Id, NewEntry, Signal } from '../../api/types';
import { draft, send } from '../entries/write';

const begun = new Map<Id, NewEntry>();

export async function markSeen(signal: Pick<Signal, 'id' | 'person'>): Promise<void> {
  const entry = begun.get(signal.id) ?? (draft('signal_seen', { signal: signal.id }) as NewEntry);
  begun.set(signal.id, entry);
  await send(signal.person, entry);
  begun.delete(signal.id);
}
