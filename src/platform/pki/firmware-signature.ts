import { constants, createPrivateKey, createSign } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { csmsError } from '../../shared/errors.ts'

/** The fields of SignedUpdateFirmware that prove where an image comes from. */
export interface FirmwareProof {
  /** PEM. */
  readonly signingCertificate: string
  /** Base64. */
  readonly signature: string
}

/**
 * Signs a firmware image with the signer of a lab PKI: RSA-PSS or ECDSA over SHA-256
 * [1.6 SWP L01.FR.04]. Throws `CSMS_PKI_INVALID` where there is no signer or no file.
 */
export async function signFirmware(folder: string, file: string): Promise<FirmwareProof> {
  try {
    const path = join(folder, 'firmware', 'signer')
    const signingCertificate = await readFile(`${path}.pem`, 'utf8')
    const key = createPrivateKey(await readFile(`${path}.key`, 'utf8'))
    const sign = createSign('SHA256')
    await pipeline(createReadStream(file), sign)
    const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants
    const how = key.asymmetricKeyType === 'ec' ? key : { key, padding, saltLength }
    return { signingCertificate, signature: sign.sign(how, 'base64') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw csmsError('CSMS_PKI_INVALID', { path: folder, reason }, error)
  }
}
