import { isSecret } from '../../ocpp/redact.ts'
import type { Role } from './access/api-key.ts'

/** What decides whom a station trusts and what it runs. */
const security: ReadonlySet<string> = new Set([
  'CertificateSigned',
  'DeleteCertificate',
  'InstallCertificate',
  'PublishFirmware',
  'SetNetworkProfile',
  'SignedUpdateFirmware',
  'UpdateFirmware',
])

/**
 * The least role that may send a CALL: an operator's, except for certificates, firmware, passwords
 * and security profiles, which are an admin's.
 */
export function roleFor(action: string, payload: object): Role {
  return security.has(action) || namesOf(payload).some(isGuarded) ? 'admin' : 'operator'
}

function isGuarded(name: string): boolean {
  return isSecret(name) || /^SecurityProfile$/i.test(name)
}

/** Of ChangeConfiguration its key [1.6 5.3]; of SetVariables the variables [2.0.1 B05]. */
function namesOf(payload: object): readonly string[] {
  if ('key' in payload) return typeof payload.key === 'string' ? [payload.key] : []
  if (!('setVariableData' in payload) || !Array.isArray(payload.setVariableData)) return []
  const data: readonly unknown[] = payload.setVariableData
  return data.map((entry) => {
    const variable = property(entry, 'variable')
    return String(property(variable, 'name'))
  })
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
