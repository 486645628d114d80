import { constants, createPrivateKey, createSign, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf, csmsError, messageOf } from '../../shared/errors.ts'

/** The fields of SignedUpdateFirmware that prove where an image comes from. */
export interface FirmwareProof {
  /** PEM. */
  readonly signingCertificate: string
  /** Base64. */
  readonly signature: string
}

/**
 * Signs a firmware image with the signer of a lab PKI: RSA-PSS or ECDSA over SHA-256
 * [1.6 SWP L01.FR.04]. Throws `CSMS_PKI_INVALID` where there is no signer,
 * `CSMS_CONFIG_INVALID` where the image cannot be read.
 */
export async function signFirmware(folder: string, file: string): Promise<FirmwareProof> {
  const { signingCertificate, key } = await readSigner(folder)
  const sign = createSign('SHA256')
  try {
    await pipeline(createReadStream(file), sign)
  } catch (error) {
    const why = codeOf(error) ?? messageOf(error)
    throw csmsError('CSMS_CONFIG_INVALID', { file, message: `cannot be read: ${why}.` }, error)
  }
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants
  const how = key.asymmetricKeyType === 'ec' ? key : { key, padding, saltLength }
  return { signingCertificate, signature: sign.sign(how, 'base64') }
}

async function readSigner(folder: string): Promise<{ signingCertificate: string; key: KeyObject }> {
  const path = join(folder, 'firmware', 'signer')
  try {
    const signingCertificate = await readFile(`${path}.pem`, 'utf8')
    return { signingCertificate, key: createPrivateKey(await readFile(`${path}.key`, 'utf8')) }
  } catch (error) {
    throw csmsError('CSMS_PKI_INVALID', { path: folder, reason: messageOf(error) }, error)
  }
}
