// Words of access in an emergency.

export const emergency = {
  'emergency.title': 'Open a record in an emergency',
  'emergency.lead':
    'For 24 hours, for one person, with a reason. The person’s therapist is told now, and the ' +
    'person sees who opened the record and why.',
  'emergency.danger': 'If somebody is in danger now, call first.',
  'emergency.who': 'Whose record',
  'emergency.who.hint':
    'The reference on the printed safety plan (EK-…), or the exact address the person signs in ' +
    'with. Names are not searched.',
  'emergency.who.missing': 'Write the reference or the exact address',
  'emergency.reason': 'Why you need it',
  'emergency.reason.hint': 'One or two sentences. The therapist and the person can read it.',
  'emergency.reason.missing': 'Say why in a sentence',
  'emergency.do': 'Open for 24 hours',
  'emergency.offer': 'Open it in an emergency',
  'emergency.link': 'Emergency access',
};
