import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { CertificateStore } from '../../certificate-store.ts'
import type { Station2x } from '../station-2x.ts'

/** The station's certificates; one that has no crypto supports none of this. */
export function storeOf({ services }: Station2x): CertificateStore {
  if (services.certificates) return services.certificates
  throw new CallError('NotSupported', 'this station keeps no certificates')
}
