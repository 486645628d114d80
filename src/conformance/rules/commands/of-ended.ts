import type { Memory } from '../memory/memory.ts'
import type { Moment, Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { event2x, start16, stop16 } from '../shown.ts'

function objection(
  id: number | string | undefined,
  { transactions }: Memory,
  { action }: Moment,
): Objection {
  return id !== undefined && transactions.get(id)?.endedMs !== undefined
    ? `${action} is for ${id}, of which the CSMS knows that it ended`
    : undefined
}

interface OfTransaction<Id> {
  readonly transactionId?: Id
}

const look = {
  asked: (
    { transactionId }: OfTransaction<number | string>,
    ...[memory, moment]: [Memory, Moment]
  ): Objection => objection(transactionId, memory, moment),
}

export const ofEnded: Rule = {
  id: 'COMMAND_OF_ENDED_TX',
  title: 'nothing is asked for a transaction whose end was acknowledged',
  clause: '1.6 5.12, 5.16, 2.0.1 F03, I02, K01.FR.09',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      RemoteStopTransaction: look,
      SetChargingProfile: {
        asked: ({ csChargingProfiles: { transactionId } }, memory, moment) =>
          objection(transactionId, memory, moment),
      },
    },
    breaks: [
      start16(),
      stop16(),
      csms('RemoteStopTransaction', { transactionId: 7 }, { status: 'Rejected' }),
    ],
    // It may not have heard of the end.
    nearly: [
      start16(),
      { ...stop16(), response: undefined },
      csms('RemoteStopTransaction', { transactionId: 7 }, { status: 'Rejected' }),
    ],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      RequestStopTransaction: look,
      CostUpdated: look,
      UsePriorityCharging: look,
      SetChargingProfile: {
        asked: ({ chargingProfile: { transactionId } }, memory, moment) =>
          objection(transactionId, memory, moment),
      },
    },
    breaks: [
      event2x('Started', 0),
      event2x('Ended', 1),
      csms('RequestStopTransaction', { transactionId: 'T7' }, { status: 'Rejected' }),
    ],
    nearly: [
      event2x('Started', 0),
      event2x('Updated', 1),
      csms('RequestStopTransaction', { transactionId: 'T7' }, { status: 'Accepted' }),
    ],
  },
}
