import { expect, test } from 'vitest'
import { memorySockets } from '../../ocpp/memory-socket.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Probe } from './probe.ts'
import { Trace } from './trace.ts'

test('a station that goes away closes every connection that the CSMS left open', async () => {
  const closed: number[] = []
  const probe = new Probe({
    version: 'ocpp1.6',
    validators: new PayloadValidators(officialValidators),
    clock: new VirtualClock(),
    trace: new Trace(() => 0),
    nextId: () => 'id',
    awaited: new Set(),
    answerTo: () => undefined,
  })
  const connect = () =>
    probe.connect(
      (_options, { opened }) => {
        const [station, csms] = memorySockets('ocpp1.6')
        const nothing = () => {}
        csms.listen({ text: nothing, binary: nothing, closed: (code) => closed.push(code) })
        queueMicrotask(() => opened(station))
        return nothing
      },
      { url: 'ws://csms/CP1', protocols: ['ocpp1.6'], headers: {} },
      1000,
    )
  await connect()
  await connect()
  expect(probe.connections).toBe(2)
  probe.close()
  await expect.poll(() => closed).toEqual([1000, 1000])
  expect(probe.connections).toBe(0)
})
