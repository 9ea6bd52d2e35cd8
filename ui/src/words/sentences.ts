// Sentences that the server sends as a code with values are worded here, once for the person
// themselves ("you") and once for staff ("they"). A code without a wording in the voice asked for
// falls back to the wording both share.
import type { Sentence } from '../api/types';
import { look } from './index';

export type Voice = 'you' | 'they';

export function sentence({ code, values }: Sentence, voice: Voice): string {
  const found = look(`${voice}.${code}`, values) ?? look(code, values);
  // An unknown code is a fault of ours; the code itself is the honest thing left to show.
  return found ?? code;
}

export function sentences(all: Sentence[], voice: Voice): string[] {
  return all.map((each) => sentence(each, voice));
}
