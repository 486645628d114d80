import { createHash, timingSafeEqual } from 'node:crypto'
import { parseBasicAuth } from '../gateway/basic-auth.ts'

/** Whom uploads over HTTP are taken from: what stands in the URL that stations get [2.1 N01.FR.25]. */
export interface UploadLogin {
  readonly user: string
  readonly password: string
}

/** Whether an `Authorization` header is that of the login. */
export function isLogin({ user, password }: UploadLogin, header: string | undefined): boolean {
  const given = parseBasicAuth(header)
  if (!given) return false
  const right = timingSafeEqual(digest(given.password), digest(Buffer.from(password)))
  return right && given.user === user
}

/** All of one length, so that nobody can tell by the time how far he guessed right. */
function digest(password: Buffer): Buffer {
  return createHash('sha256').update(password).digest()
}
