import type { OCSPRequestDataType } from 'typed-ocpp/dist/ocpp20/types.js'
import { certificatesIn } from '../../certificate-store.ts'
import type { Station2x } from '../station-2x.ts'

/** A certificate of a chain, and how to ask for its status. */
export interface AskedCertificate {
  readonly pem: string
  readonly request: OCSPRequestDataType
}

/**
 * What an OCSP request about each certificate of a chain holds, the leaf first [2.0.1 C07.FR.02,
 * M06]. One whose issuer is not known, or that does not say where its status can be asked for, is
 * left out.
 */
export function ocspData({ services }: Station2x, chainPem: string): readonly AskedCertificate[] {
  const { crypto, certificates } = services
  if (!crypto || !certificates) return []
  return certificatesIn(chainPem).flatMap((pem) => {
    const responderURL = crypto.responderUrl(pem)
    const hash = certificates.hashIn(pem, chainPem)
    if (responderURL === undefined || !hash) return []
    return [{ pem, request: { ...hash, responderURL } }]
  })
}
