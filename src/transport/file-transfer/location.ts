import type { TransferFailure, TransferOutcome } from '../../ocpp/file-transfer.ts'
import { messageOf } from '../../shared/errors.ts'

/** A transfer that ends here and now. */
export class TransferError extends Error {
  readonly failure: TransferFailure

  constructor(failure: TransferFailure, reason: string) {
    super(reason)
    this.name = 'TransferError'
    this.failure = failure
  }
}

/** The URL of a location. Throws `TransferError`, which never shows it: it may hold a password. */
export function readLocation(location: string): URL {
  let url: URL
  try {
    url = new URL(location)
  } catch {
    throw new TransferError('badLocation', 'the location is no URL')
  }
  if (url.hostname === '') throw new TransferError('badLocation', 'the location names no host')
  return url
}

/** User and password of a URL, percent-decoded; undefined where it names nobody. */
export function credentialsOf(
  url: URL,
): { readonly user: string; readonly password: string } | undefined {
  if (url.username === '') return undefined
  return { user: decoded(url.username), password: decoded(url.password) }
}

/** Percent-decoded; throws `TransferError` where that is not possible. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new TransferError('badLocation', 'the location is not percent-encoded UTF-8')
  }
}

/** What an exception means. Whatever is no `TransferError` is the network's doing. */
export function failureOf(error: unknown): TransferOutcome {
  const reason = messageOf(error)
  const failure = error instanceof TransferError ? error.failure : 'failed'
  return { kind: 'failed', failure, reason }
}
