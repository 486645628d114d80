/**
 * What a management system may say of an idToken: the ten statuses of 2.x, of which 1.6 knows five.
 * [2.0.1 AuthorizationStatusEnumType] [1.6 7.2]
 */
export const authorizationStatuses = [
  'Accepted',
  'Blocked',
  'ConcurrentTx',
  'Expired',
  'Invalid',
  'NoCredit',
  'NotAllowedTypeEVSE',
  'NotAtThisLocation',
  'NotAtThisTime',
  'Unknown',
] as const

export type AuthorizationStatus = (typeof authorizationStatuses)[number]
