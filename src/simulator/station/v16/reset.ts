import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.14] Soft: transactions are stopped and told before the reboot. Hard: at once; what was
 * interrupted is told after it, reason HardReset.
 */
export const reset: Handler16<'Reset'> = (request, behaviour) => {
  const { station } = behaviour
  station.afterwards(() => {
    if (request.type === 'Hard') station.reboot('remoteReset')
    else station.unattended(softReset(behaviour))
  })
  return { status: 'Accepted' }
}

async function softReset({ station, transactions }: Behaviour16): Promise<void> {
  const open = station.evses.filter((evse) => transactions.open(evse))
  await Promise.all(open.map((evse) => station.stopEnergy(evse, { cause: 'softReset' })))
  station.reboot('remoteReset')
}
