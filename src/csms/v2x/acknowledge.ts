import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'

/** Serves a notification whose only duty is to be answered: tells whoever listens. */
export const acknowledge = (action: string) => (request: object, context: StationContext) => {
  notified(action, request, context)
  return nothing
}
