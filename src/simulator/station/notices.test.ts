import { expect, test } from 'vitest'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { Notices } from './notices.ts'

function bench() {
  const sent: object[] = []
  const settles: ((outcome: CallOutcome) => void)[] = []
  const station = {
    online: true,
    send(_action: string, payload: object, settled: (outcome: CallOutcome) => void) {
      sent.push(payload)
      settles.push(settled)
    },
  }
  const settle = (kind: 'result' | 'lost') =>
    settles.shift()?.(kind === 'result' ? { kind, payload: {} } : { kind })
  return { notices: new Notices(station), station, sent, settle }
}

const n = (status: string) => ({ status })

test('one goes after the other was answered, in order', () => {
  const { notices, sent, settle } = bench()
  void notices.add('A', n('1'))
  void notices.add('A', n('2'))
  expect(sent).toEqual([n('1')])
  settle('result')
  expect(sent).toEqual([n('1'), n('2')])
})

test('what was lost with the connection goes again when it is back, and nobody waits for it', async () => {
  const { notices, station, sent, settle } = bench()
  const told = notices.add('A', n('1'))
  void notices.add('A', n('2'))
  station.online = false
  settle('lost')
  await told
  notices.resume()
  expect(sent).toEqual([n('1')])
  station.online = true
  notices.resume()
  settle('result')
  expect(sent).toEqual([n('1'), n('1'), n('2')])
})

test('offline the latest fifty are kept', () => {
  const { notices, station, sent, settle } = bench()
  station.online = false
  for (let i = 1; i <= 60; i += 1) void notices.add('A', n(String(i)))
  station.online = true
  notices.resume()
  for (let i = 0; i < 60; i += 1) settle('result')
  expect(sent).toHaveLength(50)
  expect(sent[0]).toEqual(n('11'))
})
