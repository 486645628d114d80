import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { signOnRequest } from '../domain/certificate-signing.ts'
import type { StationContext } from '../domain/domain.ts'

/** [1.6 SWP A02.FR.11, A02.FR.12] */
export const signCertificate: Handler<Actions16, 'SignCertificate', StationContext> = (
  { csr },
  context,
) => signOnRequest({ csr, use: 'station' }, context)
