// Words of referrals and of the waiting list.
import { count } from '../grammar';

interface Forecast {
  people: number;
  from_days: number;
  to_days?: number | undefined;
}

/** "2 weeks", "5 days": whole weeks once it is longer than two. */
export function span(days: number, up: boolean): string {
  if (days <= 14) return count(days, 'day', 'days');
  return count(up ? Math.ceil(days / 7) : Math.floor(days / 7), 'week', 'weeks');
}

export const waiting = {
  'waiting.title': 'Waiting list',
  'waiting.lead':
    'Who asked for care and has no therapist yet. First comes what cannot wait, then whoever ' +
    'asked first.',
  'waiting.empty': 'Nobody is waiting.',
  'waiting.refer': 'Refer a person',
  'waiting.who': 'Person',
  'waiting.since': 'Asked',
  'waiting.why': 'Why here',
  'waiting.forecast': 'May begin',
  'waiting.do': 'Next step',
  'waiting.stage.received': 'To be decided',
  'waiting.stage.waiting': 'Waits',
  'waiting.stage.assigned': 'Has a therapist',
  'waiting.stage.declined': 'Declined',
  'waiting.stage.opted_out': 'No longer wishes it',
  'waiting.source.self': 'Came by themselves',
  'waiting.source.professional': 'Referred',
  'waiting.offered': (v: { text: string }) => `Offered: ${v.text}`,
  'waiting.wishes': (v: { text: string }) => `Wishes: ${v.text}`,
  'waiting.days': (v: { days: number }) => count(v.days, 'day', 'days'),
  'waiting.forecast.between': (v: Forecast) =>
    v.to_days === undefined
      ? `In ${span(v.from_days, false)} or later`
      : `In ${span(v.from_days, false)} to ${span(v.to_days, true)}`,
  'waiting.forecast.of': (v: Forecast) =>
    `8 of 10 of ${count(v.people, 'person', 'people')} who waited at least as long`,
  'waiting.forecast.none': 'Cannot be said',
  'waiting.history': (v: { people: number; began: number }) =>
    `The forecasts rest on ${count(v.people, 'wait', 'waits')} of this service in 18 months; ` +
    `${v.began} of them ended with a therapist.`,
  'waiting.history.few': (v: { people: number; began: number; needed: number }) =>
    `No forecast yet: ${v.began} of ${count(v.people, 'wait', 'waits')} ended with a therapist, ` +
    `and ${v.needed} are needed.`,
  'waiting.history.how': 'How a forecast is made',
  'waiting.read': 'Read the referral',

  'step.title': (v: { name: string }) => `Next step for ${v.name}`,
  'step.move': 'What happens',
  'step.move.missing': 'Choose what happens',
  'step.accepted': 'Put on the waiting list',
  'step.offered': 'Offer something faster',
  'step.preferred': 'Write down a wish',
  'step.declined': 'Decline, with the reason',
  'step.opted_out': 'They no longer wish it',
  'step.assigned': 'Assign a therapist',
  'step.text.accepted': 'A note for the list',
  'step.text.offered': 'What is offered, and how soon',
  'step.text.preferred': 'What the person wishes',
  'step.text.declined': 'Why, and where else help can be found',
  'step.text.declined.hint': 'The person is told this. Write it as you would say it.',
  'step.text.opted_out': 'Why, if they said',
  'step.text.assigned': 'A note for the list',
  'step.text.missing': 'Write a sentence',
  'step.therapist': 'Therapist',
  'step.therapist.wish': 'A therapist that they wish for',
  'step.therapist.missing': 'Choose the therapist',
  'step.therapy': 'What is planned',
  'step.therapy.missing': 'Write what is planned, such as CBT',
  'step.wait.says':
    'While they wait, they are asked the PHQ-9 every four weeks. If it gets worse, you get a ' +
    'signal.',
  'step.do': 'Save this step',
  'step.done.accepted': (v: { name: string }) => `${v.name} is on the waiting list.`,
  'step.done.other': (v: { name: string }) => `Saved for ${v.name}.`,

  'refer.title': 'Refer a person',
  'refer.lead':
    'For somebody who asked you to. Whoever is on duty reads it and calls them. In danger now, ' +
    'call the crisis team instead.',
  'refer.name': 'Name',
  'refer.name.missing': 'Write the name',
  'refer.born': 'Date of birth',
  'refer.referrer': 'Who refers, and from where',
  'refer.referrer.missing': 'Say who refers',
  'refer.phone': 'Phone of the person',
  'refer.email': 'Email of the person',
  'refer.phone.missing': 'Give a phone number or an email',
  'refer.reach': 'When and how to reach them',
  'refer.trouble': 'What troubles them',
  'refer.trouble.missing': 'Write what troubles them',
  'refer.thoughts': 'Are thoughts of ending their life part of this?',
  'refer.thoughts.hint': 'Ask them. “Yes” or “not sure” reaches the duty clinician at once.',
  'refer.thoughts.missing': 'Choose what they answered',
  'refer.thoughts.yes_or_unsure': 'Yes, or not sure',
  'refer.thoughts.no': 'No',
  'refer.thoughts.rather_not_say': 'Not asked, or they would rather not say',
  'refer.consent': 'They agree that we keep this and contact them.',
  'refer.consent.yes': 'Yes, they agreed',
  'refer.consent.missing': 'Ask them first; without their yes it cannot be kept',
  'refer.do': 'Send the referral',
  'refer.sent': (v: { name: string }) => `The referral of ${v.name} is with the team.`,

  'referral.title': (v: { name: string }) => `Referral of ${v.name}`,
  'referral.trouble': 'In their own words',
  'referral.trouble.professional': 'In the words of who refers',
  'referral.thoughts': 'Thoughts of ending their life',
  'referral.phone': 'Phone',
  'referral.email': 'Email',
  'referral.reach': 'When and how',
  'referral.referrer': 'Referred by',
  'referral.received': 'Asked',
  'referral.ended': 'Reason given',
  'referral.back': 'To the waiting list',
  'referral.record': 'Open the record',

  'they.reason.wait_safety': 'An open signal about safety.',
  'they.reason.wait_undecided': 'New: to be decided.',
  'they.reason.wait_worse': 'Worse by more than chance while waiting.',
  'they.reason.wait_clinical': 'The clinicians look at this first.',
  'they.reason.wait_by_time': 'By the time of asking.',
};
