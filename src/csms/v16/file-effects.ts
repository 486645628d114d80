import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { firmwareOrdered } from '../domain/firmware.ts'
import { diagnosticsOrdered, logCanceled, logOrdered } from '../domain/logs.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** What the answers to orders about firmware and logs mean. */
export const fileEffects16 = {
  UpdateFirmware({ location, retrieveDate }, _response, context) {
    firmwareOrdered({ location, retrieveAt: retrieveDate, signed: false }, context)
  },
  SignedUpdateFirmware({ requestId, firmware }, { status }, context) {
    if (status !== 'Accepted' && status !== 'AcceptedCanceled') return
    const { location, retrieveDateTime: retrieveAt, installDateTime: installAt } = firmware
    firmwareOrdered({ requestId, location, retrieveAt, installAt, signed: true }, context)
  },
  GetDiagnostics({ location }, { fileName }, context) {
    diagnosticsOrdered({ type: 'Diagnostics', location, fileName }, context)
  },
  GetLog({ requestId, logType: type, log }, { status, filename: fileName }, context) {
    if (status === 'Rejected') return
    if (status === 'AcceptedCanceled') logCanceled(context)
    logOrdered({ requestId, type, location: log.remoteLocation, fileName }, context)
  },
} as const satisfies CommandEffects<Actions16>
