/** Feature profiles of 1.6, in their order, as people call them. */
export const profiles16 = {
  Core: 'Core',
  FirmwareManagement: 'Firmware Management',
  LocalAuthListManagement: 'Local Auth List Management',
  Reservation: 'Reservation',
  SmartCharging: 'Smart Charging',
  RemoteTrigger: 'Remote Trigger',
  Security: 'Security (whitepaper)',
} as const

/** Functional blocks of 2.0.1 by letter, as people call them. */
export const blocks201 = {
  A: 'A. Security',
  B: 'B. Provisioning',
  C: 'C. Authorization',
  D: 'D. Local authorization list management',
  E: 'E. Transactions',
  F: 'F. Remote control',
  G: 'G. Availability',
  H: 'H. Reservation',
  I: 'I. Tariff and cost',
  J: 'J. Meter values',
  K: 'K. Smart charging',
  L: 'L. Firmware management',
  M: 'M. Certificate management',
  N: 'N. Diagnostics',
  O: 'O. Display messages',
  P: 'P. Data transfer',
} as const

/** Functional blocks of 2.1: three more. */
export const blocks21 = {
  ...blocks201,
  Q: 'Q. Bidirectional power transfer',
  R: 'R. DER control',
  S: 'S. Battery swapping',
} as const
