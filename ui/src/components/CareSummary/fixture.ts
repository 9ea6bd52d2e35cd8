// A summary for the examples. Nobody here is real.
import type { DischargeSummary } from '../../api/types';

export const summary: DischargeSummary = {
  name: 'Owen Pryce',
  reference: 'EK-20789',
  born: '1988-05-04',
  service: 'Canal Street Talking Therapies',
  therapist: 'Dr Lee',
  therapy: 'CBT',
  questionnaire: 'PHQ-9',
  max: 27,
  source: 'CBT Watch, 1.6',
  opened_at: '2026-04-02T09:00:00.000Z',
  discharged_at: '2026-09-18T09:00:00.000Z',
  meetings_held: 16,
  first: { at: '2026-04-03T18:00:00.000Z', total: 17, band: 'moderately severe' },
  last: { at: '2026-09-15T18:00:00.000Z', total: 4, band: 'minimal' },
  change: {
    code: 'change.better_than_chance',
    values: { from: 17, to: 4, since: '2026-04-03T18:00:00.000Z' },
  },
  discharge: {
    watch: 'agreed',
    watch_months: 12,
    done: 'Activities first, then thoughts. The Friday look at the week helped most.',
    next: 'Booster meetings after one, three and six months.',
  },
  watch_until: '2027-09-18T09:00:00.000Z',
  has_relapse_plan: true,
};
