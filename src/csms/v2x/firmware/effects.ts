import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { firmwareOrdered } from '../../domain/firmware.ts'
import { publicationOrdered, publicationWithdrawn } from '../../domain/publications.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What the answers to orders about firmware mean [2.0.1 L]. */
export const firmwareEffects: CommandEffects<Actions201> = {
  UpdateFirmware({ requestId, firmware }, { status }, context) {
    if (status !== 'Accepted' && status !== 'AcceptedCanceled') return
    const { location, retrieveDateTime: retrieveAt, installDateTime: installAt } = firmware
    const signed = firmware.signingCertificate !== undefined
    firmwareOrdered({ requestId, location, retrieveAt, installAt, signed }, context)
  },
  PublishFirmware({ requestId, location, checksum }, { status }, context) {
    if (status === 'Accepted') publicationOrdered({ requestId, location, checksum }, context)
  },
  UnpublishFirmware({ checksum }, { status }, context) {
    if (status !== 'DownloadOngoing') publicationWithdrawn(checksum, context)
  },
}
