import { expect, test } from 'vitest'
import type { Actions16 } from '../../src/ocpp/v16/actions.ts'
import { Evidence } from './evidence.ts'
import { startLab16 } from './ocpp16/lab16.ts'
import type { Seen } from './seen.ts'

/* What is no evidence. */

const nowhere = { clause: 'none', effect: () => undefined }
const trigger = { requestedMessage: 'Heartbeat' as const }

test('Accepted without effect is no row', async () => {
  await using lab = await startLab16({ patienceMs: 300 })
  await lab.connect()
  /** The answer says Accepted, and so does nothing else. */
  const accepted = ({ frames }: Seen<Actions16>) =>
    frames.some(({ action, payload }) => action === 'ClearCache' && 'status' in payload)
      ? 'Accepted'
      : undefined
  const shown = new Evidence<Actions16>('ocpp1.6', 'none').shows(lab, 'ClearCache', {
    call: () => lab.command('ClearCache', {}),
    station: { clause: 'none', effect: accepted },
    csms: { clause: 'none', effect: accepted },
  })
  await expect(shown).rejects.toThrow(/nothing to see of the effect of ClearCache/)
})

test('what was so before the CALL is no effect of it', async () => {
  await using lab = await startLab16()
  await lab.connect()
  const shown = new Evidence<Actions16>('ocpp1.6', 'none').shows(lab, 'TriggerMessage', {
    call: () => lab.command('TriggerMessage', trigger),
    station: { clause: 'none', effect: () => 'it is there' },
    csms: nowhere,
  })
  await expect(shown).rejects.toThrow('seen before TriggerMessage was sent: it is there')
})

test('without a CALL on the socket there is no row', async () => {
  await using lab = await startLab16({ patienceMs: 300 })
  await lab.connect()
  const shown = new Evidence<Actions16>('ocpp1.6', 'none').shows(lab, 'Heartbeat', {
    call: () => undefined,
    station: nowhere,
    csms: nowhere,
  })
  await expect(shown).rejects.toThrow(/nothing to see of Heartbeat and its answer/)
})
