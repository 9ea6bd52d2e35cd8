// The part of the catalogue that only staff see. `addWords(enStaff)` is called by the staff bundle.
import { care } from './en_staff/care';
import { cover } from './en_staff/cover';
import { emergency } from './en_staff/emergency';
import { findings } from './en_staff/findings';
import { frame } from './en_staff/frame';
import { management } from './en_staff/management';
import { plan } from './en_staff/plan';
import { sentencesForThem } from './en_staff/sentences';
import { signals } from './en_staff/signals';
import { waiting } from './en_staff/waiting';
import { watch } from './en_staff/watch';

export const enStaff = {
  ...frame,
  ...care,
  ...cover,
  ...emergency,
  ...findings,
  ...signals,
  ...management,
  ...plan,
  ...watch,
  ...sentencesForThem,
  ...waiting,
};
