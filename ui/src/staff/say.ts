// Sentences of the server in the voice for staff: about this person, seen from this moment.
import type { Sentence } from '../api/types';
import { sentence } from '../words/sentences';

export interface About {
  now: Date;
  pronoun?: 'she' | 'he' | 'they';
}

export function say({ code, values }: Sentence, { now, pronoun = 'they' }: About): string {
  const seen = { ...values, now, pronoun };
  return sentence({ code, values: seen as unknown as Sentence['values'] }, 'they');
}
