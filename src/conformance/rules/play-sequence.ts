import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Judge } from './judge.ts'
import type { Party } from './rule.ts'
import { closing, type Sequence } from './sequence.ts'

/** What is found when a sequence passes a connection whose `judged` end is looked at. */
export function playSequence(version: OcppVersion, judged: Party, sequence: Sequence): Finding[] {
  const findings: Finding[] = []
  let serial = 0
  const clock = new VirtualClock(Date.UTC(2026, 5, 1))
  const judge = new Judge(version, judged, { found: (finding) => findings.push(finding) }, clock)
  for (const { by, action, request, response, id, afterSeconds = 0 } of sequence) {
    clock.advance(afterSeconds * 1000)
    if (action === closing) {
      if (by === judged && 'code' in request) judge.closed(Number(request.code))
      continue
    }
    serial += 1
    const messageId = id ?? `m${serial}`
    const asks = by === judged
    const call = JSON.stringify([2, messageId, action, request])
    judge.asked(asks ? 'peer' : 'self', messageId, action, request, call)
    if (!response) continue
    const result = JSON.stringify([3, messageId, response])
    judge.answered(asks ? 'self' : 'peer', messageId, action, request, response, result)
  }
  return findings
}
