import { createHash, randomBytes } from 'node:crypto'

/** What a key may do, each role everything that the one before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/** A key of the operator's API as a file holds it: never the key itself. */
export interface ApiKey {
  /** Who has it; told in logs. */
  readonly name: string
  readonly role: Role
  /** As `hashApiKey` makes it. */
  readonly hash: string
}

/** A new key: 256 random bits, so that a plain hash of it is as good as a slow one. */
export function makeApiKey(): string {
  return `csms_${randomBytes(32).toString('base64url')}`
}

/** `sha256$...` */
export function hashApiKey(key: string): string {
  return `sha256$${createHash('sha256').update(key).digest('base64url')}`
}

/** Whether `hashApiKey` could have made it. */
export function isApiKeyHash(text: string): boolean {
  return /^sha256\$[A-Za-z0-9_-]{43}$/.test(text)
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

/** Whether a role suffices where another is asked for. */
export function suffices(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}
