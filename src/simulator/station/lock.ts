import { isSocket } from './evse.ts'

/** Household and industrial sockets hold no plug; the names are 2.x's. */
const withoutLock = /^s(CEE[-_]7[-_]7|BS1361|309|Type3)/i

/** A socket that locks the plug of the driver's cable; a fixed cable is held by the car alone. */
export function hasLock(connectorType: string | undefined): boolean {
  return isSocket(connectorType) && !withoutLock.test(connectorType ?? '')
}
