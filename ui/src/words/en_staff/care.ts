// Words of the caseload, the glance, meetings, the safety plan and the invitation.
import { capital, inWords } from './frame';

interface Counts {
  need: number;
  meetings: number;
  rest: number;
}

export const care = {
  'tier.safety': 'Answer about risk, not dealt with yet',
  'tier.asked': 'Asked to be contacted',
  'tier.opened': 'Opened in an emergency',
  'tier.not_on_track': 'Not on track',
  'tier.worse': 'Worse by more than chance',
  'tier.worth_a_look': 'Worth a look, in the watch',
  'tier.silent': 'Gone quiet',
  'tier.meeting_today': 'Meeting today',
  'tier.rest': 'Nothing needed today',

  'caseload.title': 'Who needs me today, and why',
  'caseload.sum': (v: Counts) => {
    const need =
      v.need === 0
        ? 'Nobody needs a look beyond the meetings.'
        : `${capital(inWords(v.need))} ${v.need === 1 ? 'person needs' : 'people need'} a look.`;
    const meetings = `${capital(inWords(v.meetings))} meeting${v.meetings === 1 ? '' : 's'}.`;
    return `${need} ${meetings}${v.rest > 0 ? ' Nothing is raised for the others.' : ''}`;
  },
  'caseload.whyOrder': 'Why this order?',
  'caseload.find': 'Find a person',
  'caseload.table': 'Caseload in order of need',
  'caseload.person': 'Person',
  'caseload.why': 'Why, in words',
  'caseload.score': 'Score',
  'caseload.score.since': 'since start',
  'caseload.heard': 'Heard',
  'caseload.next': 'Next',
  'caseload.none': 'none',
  'caseload.never': 'not yet',
  'caseload.shown': (v: { shown: number; total: number; time: string }) =>
    `${v.shown} of ${v.total} · ${v.time}`,
  'caseload.nobody': 'The people you care for will be here.',
  'caseload.nobody.waits':
    'Nobody waits for you now. People will be here when a signal is passed to you, ' +
    'or when you are ' +
    'named in their care.',
  'caseload.nobody.do': 'Invite a client',
  'caseload.notFound': (v: { text: string }) => `Nobody here has “${v.text}” in name or number.`,
  'caseload.print': 'Print the list',
  'caseload.printed': (v: { name: string; at: string }) => `Printed by ${v.name}, ${v.at}`,
  'caseload.reference': 'Number',
  'caseload.done': 'Done',
  'caseload.glance': (v: { name: string }) => `In short: ${v.name}`,
  'caseload.seen': (v: { name: string }) => `Marked as seen: ${v.name}`,
  'caseload.notSeen': 'Not marked: the server could not be reached. Try again.',

  'order.lead':
    'People are sorted by the reason to look today. The order of the reasons is fixed; nobody is ' +
    'ranked by how ill they are.',
  'order.tiers': 'The order of reasons',
  'order.within':
    'Within a reason: the oldest first. The search changes nothing in the order, it only hides.',
  'order.cannotTell':
    'The order says who has waited longest for a look, not who is in most danger. It knows only ' +
    'what was answered, tapped or missed.',
  'order.tier.safety':
    'An answer above “not at all” to item 9, item 9 left out, or “yes, or I am not sure” on a ' +
    'hard day. Stays on top until an outcome is written down.',
  'order.tier.asked': 'The person asked to be contacted.',
  'order.tier.opened': 'A colleague without a relation opened the record in an emergency.',
  'order.tier.not_on_track':
    'The score is above the range of people who began alike, or hardly lower after four weeks.',
  'order.tier.worse':
    'Worse than at the first score of this episode, or than the best since, by more than the ' +
    'error of the questionnaire, and at least moderate. In the watch also a relapse that a ' +
    'second score confirmed.',
  'order.tier.worth_a_look':
    'In the watch the mood of the diary left its own range, or springs back more slowly.',
  'order.tier.silent':
    'Nothing heard for twice the agreed interval, or a meeting missed without contact.',
  'order.tier.meeting_today': 'You meet today.',
  'order.tier.rest': 'None of the above.',

  'glance.born': (v: { day: string }) => `Born ${v.day}`,
  'glance.held': (v: { held: number; planned?: number }) =>
    v.planned
      ? `${v.held} of about ${v.planned} meetings`
      : `${v.held} meeting${v.held === 1 ? '' : 's'}`,
  'glance.changed': (v: { since: string }) => `What changed since ${v.since}`,
  'glance.changed.start': 'What changed since the start',
  'glance.nothing': 'Nothing new since then.',
  'glance.notShown': 'This record is not shown',
  'glance.days': 'Days, last five weeks',
  'glance.sleep': 'Sleep, last 14 nights',
  'glance.activity': 'Activity, last 14 days',
  'glance.sleep.both': (v: { hours: number; before: number }) =>
    `About ${v.hours} h a night; ${v.before} h the week before`,
  'glance.sleep.few': (v: { nights: number }) =>
    `Too few nights to compare (${v.nights} of 14)`,
  'glance.activity.both': (v: { count: number; before: number }) =>
    `${v.count} this week; ${v.before} the week before`,
  'glance.none': 'Nothing said in these 14 days',
  'glance.hour': (v: { hours: number }) => `${v.hours} h`,
  'glance.hours': 'Hours of sleep',
  'glance.activities': 'Activities',
  'glance.risk': 'Risk answers',
  'glance.risk.caption': 'Answers to item 9',
  'glance.risk.none': 'Item 9 has not been answered yet.',
  'glance.item9': 'Item 9',
  'glance.leftOut': 'left out',
  'glance.today': 'today',
  'glance.plan': (v: { day: string }) => `Safety plan of ${v.day}.`,
  'glance.plan.none': 'There is no safety plan yet.',
  'glance.plan.read': 'Read it',
  'glance.plan.write': 'Write one together',
  'glance.talk.she': 'To talk about, in her words',
  'glance.talk.he': 'To talk about, in his words',
  'glance.talk.they': 'To talk about, in their words',
  'glance.talk.none': 'Nothing is marked to talk about.',
  'glance.next': 'Next meeting',
  'glance.next.none': 'None planned.',
  'glance.until': (v: { time: string }) => `Data until ${v.time}. Every figure opens its source.`,
  'glance.source': 'Why?',
  'glance.actions': 'Actions',
  'glance.action.plan': 'Plan a meeting',
  'glance.action.outcome': 'Record how a meeting went',
  'glance.action.safety': 'Open the safety plan',
  'glance.action.signals': 'Signals, also closed ones',
  'glance.open': 'Open the glance',
  'glance.back': 'To the caseload',
  'glance.signals.all': 'Signals of this person',

  'meeting.plan.title': 'When do you meet?',
  'meeting.day': 'Day',
  'meeting.time': 'Time',
  'meeting.zone': (v: { zone: string }) => `Your own time, ${v.zone}.`,
  'meeting.minutes': 'Minutes',
  'meeting.place': 'Where',
  'meeting.place.in_person': 'In the room',
  'meeting.place.video': 'By video',
  'meeting.place.phone': 'By phone',
  'meeting.plan.do': 'Plan the meeting',
  'meeting.day.missing': 'Choose the day',
  'meeting.time.missing': 'Write the time, for example 14:00',
  'meeting.minutes.wrong': 'Write how many minutes, from 5 to 240',
  'meeting.place.missing': 'Choose where you meet',
  'meeting.outcome.title': 'How did the meeting go?',
  'meeting.which': 'Which meeting',
  'meeting.which.missing': 'Choose the meeting',
  'meeting.none': 'There is no planned meeting without an outcome.',
  'meeting.outcome': 'What happened',
  'meeting.outcome.attended': 'We met',
  'meeting.outcome.missed': 'It did not take place, the person was not there',
  'meeting.outcome.cancelled': 'It was called off',
  'meeting.outcome.missing': 'Choose what happened',
  'meeting.contact': 'Have you been in touch since?',
  'meeting.contact.yes': 'Yes',
  'meeting.contact.no': 'No',
  'meeting.contact.missing': 'Say whether you have been in touch',
  'meeting.contact.hint': 'Without contact, a quiet signal is raised for you.',
  'meeting.outcome.do': 'Record it',
  'meeting.saved': 'The meeting is in the record.',

  'safetyPlan.title': (v: { name: string }) => `Safety plan of ${v.name}`,
  'safetyPlan.own': 'In the person’s own words. Write it together.',
  'safetyPlan.updated': (v: { day: string; by: string }) => `Changed on ${v.day} by ${v.by}`,
  'safetyPlan.empty': 'There is no plan yet. It is best made together, in a meeting or by phone.',
  'safetyPlan.edit': 'Change it together',
  'safetyPlan.write': 'Write it together',
  'safetyPlan.print': 'Print',
  'safetyPlan.save': 'Save the plan',
  'safetyPlan.saved': 'The plan is in the record.',

  'inviting.title': 'Invite a client',
  'inviting.lead':
    'They get a code for one use, and a letter that says in plain words what this is.',
  'inviting.name': 'Name',
  'inviting.name.hint': 'As they want to be called.',
  'inviting.name.missing': 'Write the name',
  'inviting.born': 'Born',
  'inviting.pronoun': 'Spoken of as',
  'inviting.pronoun.she': 'she',
  'inviting.pronoun.he': 'he',
  'inviting.pronoun.they': 'they',
  'inviting.email': 'Email',
  'inviting.email.hint': 'They sign in with it. Nothing is sent to it from here.',
  'inviting.therapist': 'Therapist',
  'inviting.therapist.missing': 'Choose the therapist',
  'inviting.terms': 'What you agreed',
  'inviting.therapy': 'Therapy',
  'inviting.therapy.missing': 'Write the therapy, for example CBT',
  'inviting.meetings': 'About how many meetings',
  'inviting.questionnaireEvery': 'Questionnaire every … days',
  'inviting.checkInEvery': 'Check-in every … days',
  'inviting.days.wrong': 'Write a number of days from 1 to 90',
  'inviting.meetings.wrong': 'Write a number from 1 to 200, or leave it empty',
  'inviting.do': 'Make the invitation',
  'inviting.ready': (v: { name: string }) => `The invitation for ${v.name} is ready`,
  'inviting.questionnaire.which':
    'The questionnaire is the PHQ-9. You agree these numbers together and can change them.',
  'inviting.code': 'Code for one use',
  'inviting.address': 'Address to open with it',
  'inviting.until': (v: { until: string }) => `Works until ${v.until}.`,
  'inviting.once': 'This code is shown only now. Print the letter or write the code down.',
  'inviting.print': 'Print the letter',
  'inviting.another': 'Invite another person',
  'inviting.open': 'Open the glance',
  'letter.hello': (v: { name: string }) => `Dear ${v.name},`,
  'letter.what': (v: { service: string }) =>
    `${v.service} uses a page on the internet for the time between our meetings. You can say ` +
    'there how your day is, in under a minute, and fill in a short list of questions.',
  'letter.how': 'How to begin',
  'letter.step1': 'Open this address on your phone or computer. It works once:',
  'letter.qr': 'The address as a picture for the camera of your phone',
  'letter.step2': 'Or point the camera of your phone at this picture:',
  'letter.step3': 'Choose a password that only you know.',
  'letter.until': (v: { until: string }) => `Please do this before ${v.until}.`,
  'letter.who':
    'Your care team sees what you share before your next meeting. Nobody reads it at night. You ' +
    'choose what is shared, and you can see who has looked.',
  'letter.choice': 'You do not have to use it. Your treatment goes on either way.',
  'letter.urgent': 'If you are in danger or cannot wait, please call:',
  'letter.from': (v: { name: string; service: string }) => `${v.name}, ${v.service}`,
};
