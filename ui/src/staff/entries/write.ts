// The one way in which a staff screen writes to a person's record. The id is made once for each
// thing said, so pressing again after a broken connection cannot write it twice.
import { api } from '../../api/client';
import { newId } from '../../api/id';
import type { Bodies, Id, Kind, NewEntry, Written } from '../../api/types';
import { zoneInUse } from '../../time/clock';

export function draft<K extends Kind>(kind: K, body: Bodies[K]): NewEntry<K> {
  const now = new Date().toISOString();
  return { id: newId(), kind, effective_at: now, zone: zoneInUse(), sent_at: now, body };
}

export function send(person: Id, entry: NewEntry): Promise<Written> {
  const path = `/api/people/${encodeURIComponent(person)}/entries`;
  return api.post<Written>(path, { ...entry, sent_at: new Date().toISOString() });
}

export function write<K extends Kind>(person: Id, kind: K, body: Bodies[K]): Promise<Written> {
  return send(person, draft(kind, body) as NewEntry);
}
