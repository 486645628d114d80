/** Kind of a key pair: RSA of 2048 bits or ECDSA on P-256 [1.6 SWP A00.FR.501-503]. */
export type KeyKind = 'rsa' | 'ecdsa'

export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512'

/**
 * How OCPP names a certificate: hashes in hexadecimal of the issuer's name and key as in OCSP, and
 * the serial number in hexadecimal without leading zeroes [1.6 SWP 6.1] [2.0.1 CertificateHashDataType].
 */
export interface CertificateHash {
  readonly hashAlgorithm: HashAlgorithm
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  readonly serialNumber: string
}

/** Subject of a station's certificate: serial number and CPO [1.6 SWP A00.FR.509, A00.FR.511]. */
export interface CertificateSubject {
  readonly commonName: string
  readonly organization: string
}

/** A new key of a station and the request to certify it; the key never leaves the station. */
export interface SigningRequest {
  readonly csrPem: string
  readonly keyPem: string
}

/** A certificate, its intermediates after it, and the key it belongs to. */
export interface KeyedCertificate {
  readonly certificatePem: string
  readonly keyPem: string
}

/** Milliseconds since the epoch. */
export interface Validity {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** What a certificate that the CSMS signed must fit [1.6 SWP A02.FR.06] [2.0.1 A02.FR.06]. */
export interface SignedCertificateCheck extends KeyedCertificate {
  readonly subject: CertificateSubject
  /** PEM of the roots that the station trusts for the hierarchy that it must be of. */
  readonly roots: readonly string[]
  readonly nowMs: number
  /** Who is at the other end of the TLS connection: vehicles are clients. Default: a server. */
  readonly peer?: 'server' | 'client'
}

/** A contract certificate as a vehicle gets it. */
export interface ContractCertificate {
  /** PEM, the leaf first. */
  readonly certificatePem: string
  /** Its CN. */
  readonly emaid: string
}

/** What an OCSP response says of one certificate [RFC 6960]. */
export interface OcspVerdict {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Hexadecimal, upper case, no leading zeroes. */
  readonly serialNumber: string
  /** Undefined: newer information is always there. */
  readonly nextUpdateMs: number | undefined
}

export interface SignerCheck {
  readonly certificatePem: string
  /** PEM of the manufacturer's roots. */
  readonly roots: readonly string[]
  readonly nowMs: number
}

/** Takes a file as it arrives. */
export interface SignatureVerifier {
  update(bytes: Uint8Array): void
  /** After the last byte. */
  matches(): boolean
}

/**
 * Keys and certificates of simulated stations; `platform/pki` implements it. What is called an
 * objection is why not, in one sentence without a full stop; undefined where all is well.
 */
export interface StationCrypto {
  /** Makes a key pair and a PKCS #10 request for it [1.6 SWP A02.FR.02, A02.FR.03, A02.FR.13]. */
  request(subject: CertificateSubject, kind: KeyKind): Promise<SigningRequest>
  keyKind(keyPem: string): KeyKind
  /** Of the first certificate; undefined: it is none. */
  validity(certificatePem: string): Validity | undefined
  objectionToSigned(check: SignedCertificateCheck): string | undefined
  /** May it be installed as a root [1.6 SWP M05.FR.06]? */
  objectionToRoot(certificatePem: string, nowMs: number): string | undefined
  isSignedBy(certificatePem: string, issuerPem: string): boolean
  /** @param issuerPem the certificate itself where it is self-signed */
  hashOf(certificatePem: string, issuerPem: string, algorithm: HashAlgorithm): CertificateHash
  /** May it sign firmware [1.6 SWP L01.FR.12]? */
  objectionToSigner(check: SignerCheck): string | undefined
  /** Does this chain, its leaf first, lead to one of the roots [2.0.1 C07.FR.06]? */
  objectionToChain(check: SignerCheck): string | undefined
  /** Where the certificate says that its status can be asked for; undefined: it says nothing. */
  responderUrl(certificatePem: string): string | undefined
  /** Where it says that its issuer's list of revoked certificates is; undefined: nothing. */
  revocationUrl(certificatePem: string): string | undefined
  /** Reads an OCSP response, DER in base64; undefined: it is none, or not about one certificate. */
  ocspVerdict(responseBase64: string): OcspVerdict | undefined
  /**
   * A vehicle's new key and what it sends to have a contract put on it [2.0.1 M01]: in place of EXI a
   * PKCS #10 request, DER in base64.
   */
  contractRequest(emaid: string): Promise<{ readonly exiRequest: string; readonly keyPem: string }>
  /** What came back: in place of EXI a chain, DER in base64; undefined: it is none. */
  contractOf(exiResponse: string): ContractCertificate | undefined
  /** In hexadecimal [RFC 1321]: what PublishFirmware names files by. */
  md5(content: Uint8Array): string
  /** Checks an RSA-PSS or ECDSA signature over SHA-256 [1.6 SWP L01.FR.04]. */
  verifier(certificatePem: string, signatureBase64: string): SignatureVerifier
}
