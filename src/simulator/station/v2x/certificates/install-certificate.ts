import type {
  InstallCertificateRequest,
  InstallCertificateResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { RootUse } from '../../trusted-roots.ts'
import { rejected } from '../rejected.ts'
import { security } from '../security/security.ts'
import type { Station2x } from '../station-2x.ts'
import { storeOf } from './store.ts'

const useOf: Readonly<Record<InstallCertificateRequest['certificateType'], RootUse>> = {
  CSMSRootCertificate: 'csms',
  ManufacturerRootCertificate: 'manufacturer',
  MORootCertificate: 'mo',
  OEMRootCertificate: 'oem',
  V2GRootCertificate: 'v2g',
}

const entries = 'SecurityCtrlr.CertificateEntries'

/** [2.0.1 M05] A root of the CSMS that is invalid is told as a security event, too. */
export const installCertificate: Handler<Actions201, 'InstallCertificate', Station2x> = (
  request,
  station,
) => install(request, station)

/** 2.1 knows roots of vehicle makers, too. */
export const installCertificate21: Handler<Actions21, 'InstallCertificate', Station2x> = (
  request,
  station,
) => install(request, station)

function install(
  { certificateType, certificate }: InstallCertificateRequest,
  station: Station2x,
): InstallCertificateResponse {
  const { services, model } = station
  const store = storeOf(station)
  const use = useOf[certificateType]
  const limits = {
    most: model.table.get(entries)?.spec.max ?? Number.POSITIVE_INFINITY,
    additionalCheck: model.flag('SecurityCtrlr.AdditionalRootCertificateCheck'),
  }
  const installed = store.trusted.install(use, certificate, limits, services.wireMs())
  const part = security.of(station)
  if (installed.status === 'Accepted') {
    part.report('ReconfigurationOfSecurityParameters', `${certificateType} installed`)
    return { status: 'Accepted' }
  }
  const { objection, invalid } = installed
  if (invalid && use === 'csms') {
    services.afterwards(() => part.report('InvalidCsmsCertificate', objection))
  }
  return rejected(invalid ? 'InvalidCertificate' : 'OutOfStorage', objection)
}
