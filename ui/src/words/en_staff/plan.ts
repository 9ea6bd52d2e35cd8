// Words of the assessment, the options by rules, and the treatment plan.
const twoPlaces = (n: number): string => n.toFixed(2);

export const plan = {
  'glance.action.assessment': 'Open the assessment',
  'glance.action.options': 'Options and their reasons',
  'glance.action.treatment': 'Open the treatment plan',
  'careNav.name': 'Assessment and plan',
  'careNav.glance': 'Glance',
  'careNav.assessment': 'Assessment',
  'careNav.options': 'Options',
  'careNav.plan': 'Plan',

  'assess.title': 'Assessment',
  'assess.lead':
    'What is known for choosing a treatment. Nothing here has to be answered; what is left out ' +
    'stays unknown, never “no”.',
  'assess.clinician': 'A clinician reviews the plan before it starts.',
  'assess.clinician.why': (v: { facts: string }) => `Because of: ${v.facts}.`,
  'assess.clinician.hint': 'With any “yes” here, a clinician reviews the plan before it starts.',
  'assess.other': 'Other',
  'assess.notTold': 'not told',
  'assess.ofRecord': (v: { value: string }) => `${v.value}, from the record`,
  'assess.ofRecord.none': 'not in the record yet',
  'assess.by.client': (v: { day: string }) => `the person said so, ${v.day}`,
  'assess.by.clinician': (v: { day: string }) => `a clinician judged so, ${v.day}`,
  'assess.number.wrong': (v: { says: string; min: number; max: number }) =>
    `${v.says}: write a whole number from ${v.min} to ${v.max}`,
  'assess.who': 'How do you know what you changed?',
  'assess.who.client': 'The person told me',
  'assess.who.clinician': 'My own judgement as a clinician',
  'assess.who.missing': 'Say how you know it',
  'assess.save': 'Save what I changed',
  'assess.nothing': 'Nothing is changed yet',
  'assess.saved': 'It is in the record. The options follow from it.',

  'options.title': 'Options and their reasons',
  'options.lead':
    'Recommendations of guidelines that hold for what is known of this person. Something to talk ' +
    'about together, not a decision.',
  'options.none': 'No recommendation holds for what is known so far.',
  'options.none.do': 'Answer more in the assessment',
  'options.why': 'It holds because',
  'options.reason': (v: { says: string; value: string; needs: string }) =>
    v.value === v.needs ? `${v.says}: ${v.value}` : `${v.says}: ${v.value} (asks for ${v.needs})`,
  'options.source': (v: { source: string; section: string }) => `${v.source}, ${v.section}`,
  'options.strength': (v: { strength: string }) => `Strength: ${v.strength}`,
  'options.unverified': 'To be verified by a clinician',
  'options.order': 'Options, in the published order',
  'options.onlyIf': (v: { condition: string }) => `Only if ${v.condition}`,
  'options.against': (v: { list: string }) => `Discouraged: ${v.list}`,
  'options.plain': 'In plain words, as the person reads it',
  'options.effect': (v: {
    name: string;
    against: string;
    measure: string;
    estimate?: number;
    lower: number;
    upper: number;
    bounds: string;
  }) => {
    const range = `${twoPlaces(v.lower)} to ${twoPlaces(v.upper)}`;
    const size =
      v.estimate === undefined
        ? `${range} (${v.bounds})`
        : `${twoPlaces(v.estimate)} (${v.bounds} ${range})`;
    const better = v.lower > 0 ? 'better than' : 'perhaps no different from';
    const measure = v.measure === 'SMD' ? 'difference in standard deviations' : v.measure;
    return `${v.name}, on average ${better} ${v.against}: ${measure} ${size}.`;
  },
  'options.choose': 'Put it in the plan',
  'options.wish': 'Note what the person wants',
  'options.near': 'What would change the advice',
  'options.near.row': (v: { says: string; value: string; needs: string }) =>
    `${v.says} is ${v.value}; with ${v.needs}:`,
  'options.undecided': (v: { n: number }) =>
    v.n === 1 ? 'One recommendation is not decided' : `${v.n} recommendations are not decided`,
  'options.missing': (v: { list: string }) => `Nobody has told: ${v.list}`,

  'wish.title': (v: { name: string }) => `What does the person want: ${v.name}`,
  'wish.wants': 'Wants it',
  'wish.does_not_want': 'Does not want it',
  'wish.not_sure': 'Is not sure',
  'wish.question': 'What they want',
  'wish.missing': 'Choose what they want',
  'wish.words': 'In their own words',
  'wish.save': 'Note it',
  'wish.saved': 'What the person wants is in the record.',
  'wish.said': (v: { wish: string; words?: string }) =>
    v.words ? `${v.wish}: “${v.words}”` : v.wish,
  'wish.own': 'written by the person',
  'wish.forThem': 'noted for the person',

  'treat.title': 'Treatment plan',
  'treat.empty': 'There is no plan yet. A plan begins with one goal in the person’s own words.',
  'treat.add': 'Add a goal',
  'treat.edit': 'Change',
  'treat.edit.goal': (v: { goal: string }) => `Change: ${v.goal}`,
  'treat.version': (v: { day: string; by: string }) => `Changed on ${v.day} by ${v.by}.`,
  'treat.agreed': (v: { day: string }) => `The person agreed on ${v.day}.`,
  'treat.rather': (v: { day: string; words: string }) =>
    `On ${v.day} the person said what they would rather have: “${v.words}”`,
  'treat.notAgreed': 'The person has not answered to this version yet.',
  'treat.problem': 'Problem',
  'treat.problem.hint': 'What makes life hard, in the person’s own words.',
  'treat.goal': 'Goal',
  'treat.goal.hint': 'In the person’s own words.',
  'treat.steps': 'Small steps',
  'treat.steps.hint': 'One on each line.',
  'treat.method': 'Method',
  'treat.method.none': 'not chosen yet',
  'treat.method.all': 'All options, without a recommendation',
  'treat.method.rule': (v: { rule: string; source: string }) => `${v.rule}, ${v.source}`,
  'treat.reason': 'Why this one',
  'treat.reason.hint': 'The person reads it too.',
  'treat.reason.missing': 'Say why this method was chosen',
  'treat.measure': 'Measure',
  'treat.measure.none': 'the goal alone',
  'treat.review': 'Review on',
  'treat.responsible': 'Responsible',
  'treat.responsible.none': 'Choose somebody',
  'treat.standing': 'How it stands',
  'treat.standing.going_on': 'Going on',
  'treat.standing.reached': 'Reached',
  'treat.standing.let_go': 'Let go',
  'treat.rating': (v: { rating: number; day: string }) => `${v.rating} of 10 on ${v.day}`,
  'treat.rating.none': 'not rated yet',
  'treat.rating.label': 'How near',
  'treat.wishes': 'What the person wants',
  'treat.wishes.none': 'Nothing is noted yet.',
  'treat.save': 'Save the plan',
  'treat.saved': 'The plan is in the record. The person is asked whether they agree.',
  'treat.problem.missing': 'Write what the problem is',
  'treat.goal.missing': 'Write the goal in the person’s own words',
  'treat.review.missing': 'Choose the day of the review',
  'treat.responsible.missing': 'Choose who is responsible',
  'treat.conflict.title': 'Somebody else changed this meanwhile',
  'treat.conflict.lead':
    'Nothing is overwritten. Look at both, choose for each part, and save again.',
  'treat.conflict.part': 'Part',
  'treat.conflict.mine': 'Yours',
  'treat.conflict.theirs': 'In the record now',
  'treat.conflict.missing': 'Choose which of the two stays',
  'treat.versions': 'Compare versions',
  'treat.versions.title': 'Versions side by side',
  'treat.versions.one': 'There is one version so far.',
  'treat.versions.left': 'Earlier',
  'treat.versions.right': 'Later',
  'treat.versions.name': (v: { day: string; by: string; agreed: boolean }) =>
    `${v.day}, ${v.by}${v.agreed ? ', agreed' : ''}`,
  'treat.versions.changed': 'changed',
  'treat.versions.absent': 'not in this version',
  'treat.versions.close': 'Back to the plan',
};
