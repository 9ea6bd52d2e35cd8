// Every word a person sees before and outside the staff screens, in one place.
// Client words: reading age 9 to 11, short, "you" and "we", no blame, no praise of a score, no
// exclamation marks; reading_ease.test.ts checks that.
import { checkIn } from './en/check_in';
import { client } from './en/client';
import { help } from './en/help';
import { sentencesForYou } from './en/sentences';
import { shared } from './en/shared';

export const en = { ...shared, ...client, ...checkIn, ...help, ...sentencesForYou };
