// The part of the catalogue that only staff see. `addWords(enStaff)` is called by the staff bundle.

export const enStaff = {
  'staff.title': 'Evenkeel for staff',
};
