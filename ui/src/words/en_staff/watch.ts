// Words of the staff screens for the relapse plan, discharge and the watch.

export const watch = {
  'glance.action.relapse': 'Relapse plan',
  'glance.action.discharge': 'Discharge and watch',
  'relapse.page': 'Relapse plan',
  'relapse.title': (v: { name: string }) => `Relapse plan of ${v.name}`,
  'relapse.empty': 'The plan will be here, in the person’s own words. Write it together.',
  'relapse.edit': 'Change it together',
  'relapse.write': 'Write it together',

  'discharge.page': 'Discharge and watch',
  'discharge.title': (v: { name: string }) => `Discharge and watch: ${v.name}`,
  'discharge.done': 'What was done',
  'discharge.done.hint': 'Goes into the summary for the person and for whoever referred them.',
  'discharge.done.missing': 'Write in a sentence what was done',
  'discharge.next': 'What was agreed for the time after',
  'discharge.watch': 'The watch after care',
  'discharge.watch.hint':
    'Twelve months are proposed: the questionnaire weekly for four weeks, then every two weeks, ' +
    'after half a year once a month. The person can pause or leave at any time.',
  'discharge.watch.agreed': 'The person agreed to it',
  'discharge.watch.declined': 'The person does not want it',
  'discharge.watch.missing': 'Say whether the person agreed to the watch',
  'discharge.months': 'For how many months',
  'discharge.months.wrong': 'Give a number of months from 1 to 24',
  'discharge.do': 'Discharge',
  'discharge.did': 'Discharged. The summary can be printed.',
  'discharge.inWatch': (v: { day: string }) => `In the watch until ${v.day}.`,
  'discharge.paused': 'In the watch; the person takes a break.',
  'discharge.ended': 'Discharged, without a watch now.',
  'discharge.resume': 'Bring back into care',
  'discharge.resumed': 'Back in care.',
};
