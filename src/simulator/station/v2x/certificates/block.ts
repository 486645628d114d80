import type { Block } from '../block.ts'
import { contracts } from './contracts.ts'
import { deleteCertificate } from './delete-certificate.ts'
import {
  getInstalledCertificateIds,
  getInstalledCertificateIds21,
} from './get-installed-certificate-ids.ts'
import { installCertificate, installCertificate21 } from './install-certificate.ts'
import { plugAndCharge } from './plug-and-charge.ts'
import { vehicleCertificates } from './vehicle-certificates.ts'

/** Roots, what is presented to vehicles, and the contracts of vehicles [2.0.1 M]. */
export const certificates: Block = {
  letter: 'M',
  handlers: {
    DeleteCertificate: deleteCertificate,
    GetInstalledCertificateIds: getInstalledCertificateIds,
    InstallCertificate: installCertificate,
  },
  handlers21: {
    GetInstalledCertificateIds: getInstalledCertificateIds21,
    InstallCertificate: installCertificate21,
  },
  acted: (station, _evse, act) =>
    act.kind === 'contract' ? contracts.of(station).install(act) : undefined,
  registered: (station) => vehicleCertificates.existing(station)?.refresh(),
  reconnected: (station) => vehicleCertificates.existing(station)?.refresh(),
  powerRestored: (station) => plugAndCharge.existing(station)?.resume(),
  powerLost: (station) => vehicleCertificates.existing(station)?.stop(),
  stopped: (station) => vehicleCertificates.existing(station)?.stop(),
}
