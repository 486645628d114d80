import {
  constants,
  createHash,
  createPrivateKey,
  createVerify,
  type KeyObject,
  type X509Certificate,
} from 'node:crypto'
import type {
  CertificateHash,
  CertificateSubject,
  ContractCertificate,
  HashAlgorithm,
  KeyKind,
  OcspVerdict,
  SignatureVerifier,
  SignedCertificateCheck,
  SignerCheck,
  SigningRequest,
  StationCrypto,
  Validity,
} from '../../ocpp/station-crypto.ts'
import { certificateHash } from './certificate-hash.ts'
import { objectionToChain, objectionToOne, signed } from './chain.ts'
import { chainOfExi, exiOfRequest } from './contract-exchange.ts'
import { revocationUrlOf } from './distribution-point.ts'
import { kindOfKey } from './keys.ts'
import { readOcspResponse } from './ocsp-response.ts'
import { readCertificate, readCertificates, subjectField, validityOf } from './read-certificates.ts'

/** Extended key usage of TLS clients and servers, by who is at the other end. */
const tlsUsages = { server: '1.3.6.1.5.5.7.3.2', client: '1.3.6.1.5.5.7.3.1' } as const

/** The stations' keys and certificates on Node's crypto. */
export const stationCrypto: StationCrypto = {
  async request(subject: CertificateSubject, kind: KeyKind): Promise<SigningRequest> {
    // The X.509 library is large: stations that never ask for a certificate do without.
    const { makeSigningRequest } = await import('./signing-request.ts')
    return makeSigningRequest(subject, kind)
  },

  keyKind: kindOfKey,

  validity(certificatePem: string): Validity | undefined {
    const certificate = readCertificate(certificatePem)
    return certificate && validityOf(certificate)
  },

  objectionToSigned(check: SignedCertificateCheck): string | undefined {
    const [leaf, ...others] = readCertificates(check.certificatePem)
    if (!leaf) return 'it is no X.509 certificate in PEM'
    if (!leaf.checkPrivateKey(createPrivateKey(check.keyPem))) return 'it is of another key'
    const misnamed = objectionToSubject(leaf, check.subject)
    if (misnamed !== undefined) return misnamed
    const usage = leaf.keyUsage as readonly string[] | undefined
    const { peer = 'server' } = check
    if (usage && !usage.includes(tlsUsages[peer])) {
      return `it is not meant for TLS ${peer === 'server' ? 'clients' : 'servers'}`
    }
    if (check.roots.length === 0) {
      return peer === 'server' ? 'no root of the operator is installed' : 'no V2G root is installed'
    }
    return objectionToChain(leaf, others, check.roots.flatMap(readCertificates), check.nowMs)
  },

  objectionToRoot(certificatePem: string, nowMs: number): string | undefined {
    const [certificate, ...more] = readCertificates(certificatePem)
    if (!certificate || more.length > 0) return 'it is not one X.509 certificate in PEM'
    if (!certificate.ca) return 'it is not the certificate of an authority'
    if (certificate.checkIssued(certificate) && !certificate.verify(certificate.publicKey)) {
      return 'its own signature is wrong'
    }
    return objectionToOne(certificate, nowMs)
  },

  isSignedBy(certificatePem: string, issuerPem: string): boolean {
    const certificate = readCertificate(certificatePem)
    const issuer = readCertificate(issuerPem)
    return certificate !== undefined && issuer !== undefined && signed(issuer, certificate)
  },

  hashOf(certificatePem: string, issuerPem: string, algorithm: HashAlgorithm): CertificateHash {
    const certificate = readCertificate(certificatePem)
    const issuer = readCertificate(issuerPem)
    if (!certificate || !issuer) throw new TypeError('not an X.509 certificate in PEM')
    return certificateHash(certificate, issuer, algorithm)
  },

  objectionToSigner({ certificatePem, roots, nowMs }: SignerCheck): string | undefined {
    const [signer] = readCertificates(certificatePem)
    if (!signer) return 'it is no X.509 certificate in PEM'
    if (roots.length === 0) return 'no root of the manufacturer is installed'
    // Intermediates are not allowed there [1.6 SWP L01, remarks].
    return objectionToChain(signer, [], roots.flatMap(readCertificates), nowMs)
  },

  objectionToChain({ certificatePem, roots, nowMs }: SignerCheck): string | undefined {
    const [leaf, ...others] = readCertificates(certificatePem)
    if (!leaf) return 'it is no X.509 certificate in PEM'
    return objectionToChain(leaf, others, roots.flatMap(readCertificates), nowMs)
  },

  responderUrl(certificatePem: string): string | undefined {
    const access = readCertificate(certificatePem)?.infoAccess
    return access === undefined ? undefined : /^OCSP - URI:"?([^"\n]+)/m.exec(access)?.[1]
  },

  revocationUrl(certificatePem: string): string | undefined {
    const certificate = readCertificate(certificatePem)
    return certificate && revocationUrlOf(certificate.raw)
  },

  ocspVerdict(responseBase64: string): OcspVerdict | undefined {
    return readOcspResponse(Buffer.from(responseBase64, 'base64'))
  },

  async contractRequest(emaid: string) {
    const { makeSigningRequest } = await import('./signing-request.ts')
    const subject = { commonName: emaid, organization: 'vehicle' }
    const { csrPem, keyPem } = await makeSigningRequest(subject, 'ecdsa')
    return { exiRequest: exiOfRequest(csrPem), keyPem }
  },

  contractOf(exiResponse: string): ContractCertificate | undefined {
    const certificatePem = chainOfExi(exiResponse)
    const [leaf] = certificatePem === undefined ? [] : readCertificates(certificatePem)
    const [emaid] = leaf ? subjectField(leaf, 'CN') : []
    return certificatePem === undefined || emaid === undefined
      ? undefined
      : { certificatePem, emaid }
  },

  md5(content: Uint8Array): string {
    return createHash('md5').update(content).digest('hex')
  },

  verifier(certificatePem: string, signatureBase64: string): SignatureVerifier {
    const certificate = readCertificate(certificatePem)
    if (!certificate) throw new TypeError('not an X.509 certificate in PEM')
    const verify = createVerify('SHA256')
    const signature = Buffer.from(signatureBase64, 'base64')
    return {
      update: (bytes) => void verify.update(bytes),
      matches() {
        try {
          return verify.verify(signatureKey(certificate.publicKey), signature)
        } catch {
          // Of a key that signs otherwise, or no signature at all.
          return false
        }
      },
    }
  },
}

/** RSA signs firmware with PSS, salt of any length [1.6 SWP L01.FR.04]. */
function signatureKey(key: KeyObject) {
  if (key.asymmetricKeyType === 'ec') return key
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_AUTO: saltLength } = constants
  return { key, padding, saltLength }
}

function objectionToSubject(
  certificate: X509Certificate,
  { commonName, organization }: CertificateSubject,
): string | undefined {
  const names = subjectField(certificate, 'CN')
  if (names.length !== 1 || names[0] !== commonName) {
    return `its CN is "${names.join(', ')}", not the serial number "${commonName}"`
  }
  const owners = subjectField(certificate, 'O')
  return owners.includes(organization)
    ? undefined
    : `its O is "${owners.join(', ')}", not the CpoName "${organization}"`
}
