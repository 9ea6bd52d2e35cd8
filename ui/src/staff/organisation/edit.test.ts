// Goal: what was saved is shown and saved again unchanged; what cannot be right is named.
import { describe, expect, it } from 'vitest';
import type { Organisation } from '../../api/types';
import { faultsIn, fieldsOf, settingsOf, turnsOver } from './edit';

const settings: Organisation = {
  name: 'Canal Street',
  zone: 'Europe/London',
  region: 'GB',
  hours: [{ weekday: 'mon', from: '09:00', to: '17:00' }],
  holidays: ['2026-12-25'],
  duty: [
    { account: 'a', from: '2026-07-01T08:00:00.000Z', to: '2026-07-01T16:00:00.000Z', phone: '1' },
  ],
  escalation: {
    safety_minutes: 60,
    safety_act_hours: 4,
    other_seen_hours: 24,
    other_act_hours: 40,
    contacts_check_days: 90,
  },
};

describe('the settings of the organisation', () => {
  it('come back as they were', () => {
    expect(settingsOf(fieldsOf(settings))).toEqual(settings);
    expect(fieldsOf(settings).duty[0]?.from).toBe('2026-07-01T09:00');
  });
  it('count the turns that are over', () => {
    const fields = fieldsOf(settings);
    expect(turnsOver(fields, new Date('2026-07-01T15:59:00Z'))).toBe(0);
    expect(turnsOver(fields, new Date('2026-07-01T16:00:00Z'))).toBe(1);
  });
  it('leave closed days and empty holidays out', () => {
    const fields = fieldsOf(settings);
    fields.hours.mon.open = false;
    fields.holidays.push('', '2026-12-25');
    expect(settingsOf(fields).hours).toEqual([]);
    expect(settingsOf(fields).holidays).toEqual(['2026-12-25']);
  });
  it('name every fault at once', () => {
    const fields = fieldsOf(settings);
    fields.name = ' ';
    fields.zone = 'Europe/Nowhere';
    fields.hours.tue = { open: true, from: '17:00', to: '09:00' };
    fields.duty[0]!.to = fields.duty[0]!.from;
    fields.escalation.safety_minutes = 0;
    fields.escalation.other_seen_hours = Number.NaN;
    expect(faultsIn(fields)).toEqual([
      { field: 'name' },
      { field: 'zone' },
      { field: 'hours', weekday: 'tue' },
      { field: 'duty', index: 0 },
      { field: 'escalation', time: 'safety_minutes', min: 5, max: 480 },
      { field: 'escalation', time: 'other_seen_hours', min: 1, max: 200 },
    ]);
  });
});
