import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { certificateAnswered } from '../../domain/certificate-answers.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** Whether a station took the certificate that was signed for it [2.0.1 A02]. */
export const securityEffects: CommandEffects<Actions201> = {
  CertificateSigned({ certificateChain }, { status }, context) {
    certificateAnswered(certificateChain, status, context)
  },
}

export const securityEffects21: CommandEffects<Actions21> = {
  CertificateSigned({ certificateChain }, { status }, context) {
    certificateAnswered(certificateChain, status, context)
  },
}
