export const sentencesForYou = {};
