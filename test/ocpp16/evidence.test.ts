import { expect, test } from 'vitest'
import { Evidence } from './evidence.ts'
import { Lab } from './lab.ts'
import type { Seen } from './seen.ts'

/* What is no evidence. */

const nowhere = { clause: 'none', effect: () => undefined }
const trigger = { requestedMessage: 'Heartbeat' as const }

test('Accepted without effect is no row', async () => {
  await using lab = await Lab.start({ patienceMs: 300 })
  await lab.connect()
  /** The answer says Accepted, and so does nothing else. */
  const accepted = ({ frames }: Seen) =>
    frames.some(({ action, payload }) => action === 'ClearCache' && 'status' in payload)
      ? 'Accepted'
      : undefined
  const shown = new Evidence('none').shows(lab, 'ClearCache', {
    call: () => lab.command('ClearCache', {}),
    station: { clause: 'none', effect: accepted },
    csms: { clause: 'none', effect: accepted },
  })
  await expect(shown).rejects.toThrow(/nothing to see of the effect of ClearCache/)
})

test('what was so before the CALL is no effect of it', async () => {
  await using lab = await Lab.start()
  await lab.connect()
  const shown = new Evidence('none').shows(lab, 'TriggerMessage', {
    call: () => lab.command('TriggerMessage', trigger),
    station: { clause: 'none', effect: () => 'it is there' },
    csms: nowhere,
  })
  await expect(shown).rejects.toThrow('seen before TriggerMessage was sent: it is there')
})

test('without a CALL on the socket there is no row', async () => {
  await using lab = await Lab.start({ patienceMs: 300 })
  await lab.connect()
  const shown = new Evidence('none').shows(lab, 'Heartbeat', {
    call: () => undefined,
    station: nowhere,
    csms: nowhere,
  })
  await expect(shown).rejects.toThrow(/nothing to see of Heartbeat and its answer/)
})
