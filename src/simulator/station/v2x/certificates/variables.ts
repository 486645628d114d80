import { fixed, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/** Certificates for ISO 15118 [2.1 Part 2 2.16]. */
export const certificateVariables: readonly VariableSpec[] = [
  settable('ISO15118Ctrlr.SeccId', 'string', '', { max: 64 }),
  settable('ISO15118Ctrlr.CountryName', 'string', '', { max: 2 }),
  settable('ISO15118Ctrlr.OrganizationName', 'string', '', { max: 64 }),
  settable('ISO15118Ctrlr.PnCEnabled', 'boolean', 'true'),
  settable('ISO15118Ctrlr.V2GCertificateInstallationEnabled', 'boolean', 'true'),
  settable('ISO15118Ctrlr.ContractCertificateInstallationEnabled', 'boolean', 'true'),
  settable('ISO15118Ctrlr.CentralContractValidationAllowed', 'boolean', 'true'),
  settable('ISO15118Ctrlr.ContractValidationOffline', 'boolean', 'true'),
  fixed('ISO15118Ctrlr.CertificateStatusSource', 'MemberList', 'OCSP', {
    values: ['CRL', 'OCSP'],
    only: 'ocpp2.1',
  }),
]
