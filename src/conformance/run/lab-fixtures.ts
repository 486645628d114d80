import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  CertificateAuthority,
  SignedCertificate,
} from '../../platform/pki/certificate-authority.ts'
import { exiOfRequest } from '../../platform/pki/contract-exchange.ts'
import { signFirmware } from '../../platform/pki/firmware-signature.ts'
import { type Issuer, Signer } from '../../platform/pki/issue.ts'
import { newKeyPair } from '../../platform/pki/keys.ts'
import { makeLabPki } from '../../platform/pki/lab-pki.ts'
import { makeSigningRequest } from '../../platform/pki/signing-request.ts'
import { realClock } from '../../platform/real-clock.ts'
import type { ServerTls } from '../../transport/tls-settings.ts'
import type { Fixtures } from './fixtures.ts'

const organization = 'csms conformance'
const dayMs = 86_400_000

/** A certificate authority for one run, and what cases need of it. */
export interface Lab {
  /** Folder of the authority. */
  readonly caDir: string
  readonly tls: ServerTls
  readonly fixtures: Partial<Fixtures>
}

interface LabOrder {
  /** Who gets a certificate. */
  readonly stationId: string
  /** Path of the image that is to be signed. */
  readonly firmware: string
  /** Whose contract gets one. */
  readonly emaid: string
}

/**
 * Makes an authority in a folder that must be empty, with certificates that let a station in and
 * certificates that must not.
 */
export async function makeLab(
  folder: string,
  { stationId, firmware, emaid }: LabOrder,
): Promise<Lab> {
  const stations = [{ id: stationId }]
  const kind = 'ecdsa'
  const common = { stations, organization, kind, days: 30, clock: realClock } as const
  const authority = await makeLabPki({ ...common, folder, hosts: ['127.0.0.1', 'localhost'] })
  const pem = (name: string) => readFile(join(folder, name), 'utf8')
  const pair = async (name: string) => ({
    cert: await pem(`${name}.pem`),
    key: await pem(`${name}.key`),
  })
  const [own, root, sub, proof] = await Promise.all([
    pair(`stations/${stationId}`),
    pem('trust.pem'),
    pair('ca/sub'),
    signFirmware(folder, firmware),
  ])
  const subject = { commonName: stationId, organization }
  const stranger = await strangers(subject)
  const expired = await issued({ certificatePem: sub.cert, keyPem: sub.key }, subject, -1)
  const [contract, revoked] = [
    await contractOf(authority, emaid),
    await contractOf(authority, emaid),
  ]
  await authority.revoke(revoked.entry.serial, 'keyCompromise')
  return {
    caDir: folder,
    tls: {
      certificates: [await pair('server/rsa'), await pair('server/ecdsa')],
      clientCa: root,
    },
    fixtures: {
      tlsCa: root,
      clientCert: own.cert,
      clientKey: own.key,
      strangerCert: stranger.certificatePem,
      strangerKey: stranger.keyPem,
      expiredCert: expired.certificatePem + sub.cert,
      expiredKey: expired.keyPem,
      organization,
      centralRoot: root,
      v2gRoot: root,
      emaid,
      contractChain: contract.chainPem,
      revokedChain: revoked.chainPem,
      exiRequest: exiOfRequest(await requestFor(authority, emaid)),
      manufacturerRoot: await pem('firmware/root.pem'),
      firmwareCertificate: proof.signingCertificate,
      firmwareSignature: proof.signature,
    },
  }
}

type Subject = { readonly commonName: string; readonly organization: string }

async function contractOf(
  authority: CertificateAuthority,
  emaid: string,
): Promise<SignedCertificate> {
  return authority.signContract(await requestFor(authority, emaid), emaid, 30)
}

/** PEM of a request for a new key. */
async function requestFor(
  { organization: own }: CertificateAuthority,
  emaid: string,
): Promise<string> {
  const subject = { commonName: emaid, organization: own }
  return (await makeSigningRequest(subject, 'ecdsa')).csrPem
}

/** Of an authority that nobody trusts. */
async function strangers(subject: Subject): Promise<Issuer> {
  const { keyPem } = await newKeyPair('ecdsa')
  const nowMs = realClock.wallMs()
  const { certificatePem } = Signer.ofKey(keyPem).issue({
    role: 'root',
    subject: { commonName: 'a stranger', organization: 'nobody' },
    publicKey: undefined,
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + dayMs,
  })
  return issued({ certificatePem, keyPem }, subject, 1)
}

/** @param untilDays when it ends, from now; negative: it is over */
async function issued(issuer: Issuer, subject: Subject, untilDays: number): Promise<Issuer> {
  const { keyPem, publicKey } = await newKeyPair('ecdsa')
  const nowMs = realClock.wallMs()
  const { certificatePem } = Signer.of(issuer).issue({
    role: 'station',
    subject,
    publicKey,
    notBeforeMs: nowMs - 2 * dayMs,
    notAfterMs: nowMs + untilDays * dayMs,
  })
  return { certificatePem, keyPem }
}
