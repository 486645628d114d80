import type { ConformanceCase } from '../case.ts'
import { securityCertificates16 } from './security-certificates.ts'
import { securityConnections16 } from './security-connections.ts'
import { securityFiles16 } from './security-files.ts'

/** The security whitepaper of OCPP 1.6, in the order of its cases. */
export const security16: readonly ConformanceCase[] = [
  ...securityConnections16,
  ...securityCertificates16,
  ...securityFiles16,
].sort((one, other) => one.id.localeCompare(other.id))
