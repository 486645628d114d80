import { csms, type Passage } from '../sequence.ts'

const accepted = { status: 'Accepted' }

/** 1.6: a full list with one token, at version 4. */
export function list16(more: object = {}, answer: object = accepted): Passage {
  const list = [{ idTag: 'TAG', idTagInfo: { status: 'Accepted' } }]
  const request = { listVersion: 4, updateType: 'Full', localAuthorizationList: list, ...more }
  return csms('SendLocalList', request, answer)
}

/** 2.x: a full list with one token, at version 4. */
export function list2x(more: object = {}, answer: object = accepted): Passage {
  const list = [token2x('TAG')]
  const request = { versionNumber: 4, updateType: 'Full', localAuthorizationList: list, ...more }
  return csms('SendLocalList', request, answer)
}

export function token2x(idToken: string, type = 'ISO14443'): object {
  return { idToken: { idToken, type }, idTokenInfo: { status: 'Accepted' } }
}
