import type { CertificateSubject } from '../../ocpp/station-crypto.ts'
import { directoryString, objectIdentifier, sequence, setOf } from './der-write.ts'

const organizationName = objectIdentifier('2.5.4.10')
const commonNameId = objectIdentifier('2.5.4.3')

/**
 * A subject, letter by letter, as DER. As a text it would have syntax: `#1303...` would be DER, and of
 * `x"CP2"` only `CP2` would stay: a CN that was checked is not the one that was signed.
 */
export function subjectName({ organization, commonName }: CertificateSubject): Buffer {
  const part = (id: Buffer, text: string) => setOf(sequence(id, directoryString(text)))
  return sequence(part(organizationName, organization), part(commonNameId, commonName))
}
