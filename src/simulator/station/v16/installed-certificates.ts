import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { CertificateStore } from '../certificate-store.ts'
import type { RootUse } from '../trusted-roots.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

type CertificateUse = RequestOf<Actions16, 'InstallCertificate'>['certificateType']

const useOf: Readonly<Record<CertificateUse, RootUse>> = {
  CentralSystemRootCertificate: 'csms',
  ManufacturerRootCertificate: 'manufacturer',
}

/** The station's certificates; one that has no crypto supports none of this. */
export function storeOf({ station }: Behaviour16): CertificateStore {
  if (station.certificates) return station.certificates
  throw new CallError('NotSupported', 'this station keeps no certificates')
}

/** [1.6 SWP M05] A certificate that is invalid is told as a security event, too. */
export const installCertificate: Handler16<'InstallCertificate'> = (request, behaviour) => {
  const { station, settings, security } = behaviour
  const { certificateType, certificate } = request
  const limits = {
    most: settings.number('CertificateStoreMaxLength'),
    additionalCheck: settings.flag('AdditionalRootCertificateCheck'),
  }
  const store = storeOf(behaviour)
  const installed = store.trusted.install(
    useOf[certificateType],
    certificate,
    limits,
    station.wireMs(),
  )
  if (installed.status === 'Accepted') {
    security.report('ReconfigurationOfSecurityParameters', `${certificateType} installed`)
  } else if (installed.invalid && certificateType === 'CentralSystemRootCertificate') {
    const { objection } = installed
    station.afterwards(() => security.report('InvalidCentralSystemCertificate', objection))
  }
  return { status: installed.status }
}

/** [1.6 SWP M04] */
export const deleteCertificate: Handler16<'DeleteCertificate'> = (request, behaviour) => {
  const encrypted = behaviour.settings.number('SecurityProfile') >= 2
  const status = storeOf(behaviour).delete(request.certificateHashData, encrypted)
  if (status === 'Accepted') {
    behaviour.security.report('ReconfigurationOfSecurityParameters', 'a root was deleted')
  }
  return { status }
}

/** [1.6 SWP M03] */
export const getInstalledCertificateIds: Handler16<'GetInstalledCertificateIds'> = (
  request,
  behaviour,
) => {
  const hashes = storeOf(behaviour).trusted.hashes(useOf[request.certificateType])
  return hashes.length === 0
    ? { status: 'NotFound' }
    : { status: 'Accepted', certificateHashData: [...hashes] }
}
