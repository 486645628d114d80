import type { Handler16 } from './handler16.ts'

/** [1.6 5.12] */
export const remoteStopTransaction: Handler16<'RemoteStopTransaction'> = (request, behaviour) => {
  const { station, transactions } = behaviour
  const transaction = transactions.withId(request.transactionId)
  if (!transaction || station.registration !== 'accepted') return { status: 'Rejected' }
  station.afterwards(() =>
    station.unattended(station.stopEnergy(transaction.evse, { cause: 'remote' })),
  )
  return { status: 'Accepted' }
}
