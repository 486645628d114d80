import { afterAll, beforeAll, describe, test } from 'vitest'
import { ChildCsms } from './child-csms.ts'
import { everyCallSession } from './every-call-2x.ts'
import { JavaServer, missing } from './java.ts'
import { chargingSession, maintenanceSession } from './simulate-sessions-2x.ts'
import { streamSession } from './stream-session.ts'

const protocols = ['ocpp2.0.1', 'ocpp2.1'] as const
const reasons = new Map(protocols.map((protocol) => [protocol, missing(protocol)]))

let program: JavaServer | undefined
beforeAll(() => {
  if (protocols.some((protocol) => reasons.get(protocol) === undefined)) program = new JavaServer()
})
afterAll(() => program?.[Symbol.dispose]())

describe.each(protocols)('%s', (protocol) => {
  const reason = reasons.get(protocol)
  const peer = reason ? `Java-OCA-OCPP (skipped: ${reason})` : 'Java-OCA-OCPP'
  const started = () => ChildCsms.start('java', program?.args(protocol) ?? [])

  describe.skipIf(reason)(`${peer} as a management system`, () => {
    test('[2.0.1 F01, K01] it starts, limits and stops a station of csms', async () => {
      await using csms = await started()
      await chargingSession(csms, protocol)
    })

    test('[2.0.1 B05-B07, L01, N01] it maintains a station of csms', async () => {
      await using csms = await started()
      await maintenanceSession(csms, protocol)
    })

    test('[2.0.1 A-P] it sends all there is, and can read the answers', async () => {
      await using csms = await started()
      await everyCallSession(csms, protocol)
    })

    test.runIf(protocol === 'ocpp2.1')('[2.1 N11] a station of csms streams to it', async () => {
      await using csms = await started()
      await streamSession(csms)
    })
  })
})
