/**
 * How a station proves who it is and how the connection is protected [1.6 SWP 2.1] [2.0.1 A00]: 0
 * nothing, 1 a password, 2 a password within TLS, 3 a client certificate within TLS. 0 is outside the
 * specification.
 */
export type SecurityProfile = 0 | 1 | 2 | 3

export function isSecurityProfile(value: number): value is SecurityProfile {
  return value === 0 || value === 1 || value === 2 || value === 3
}
