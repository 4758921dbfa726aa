import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';

/**
 * Which roles nobody has together: who runs the server decides on no application and holds no key to an identity, and who
 * decides on applications opens no identity afterwards. Each pair is said once.
 */
const EXCLUSIVE_ROLES: readonly (readonly [StaffRole, StaffRole])[] = [
  ['administrator', 'reviewer'],
  ['administrator', 'custodian'],
  ['reviewer', 'custodian'],
];

/** The roles that nobody may have beside this one. */
export const excludedBy = (role: StaffRole): StaffRole[] =>
  EXCLUSIVE_ROLES.flatMap(([one, other]) => {
    if (one === role) return [other];
    return other === role ? [one] : [];
  });

/** The first of the roles that somebody has which another one can't stand beside; `undefined`: none. */
export const conflictingRole = (held: readonly StaffRole[], wanted: StaffRole): StaffRole | undefined => {
  const excluded = excludedBy(wanted);
  return held.find((role) => excluded.includes(role));
};
