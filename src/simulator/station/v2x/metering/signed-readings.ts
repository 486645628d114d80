import type { MeterValueType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Measured } from '../../meter/measured.ts'
import { base64 } from './base64.ts'

/**
 * Puts the opaque signed value of the template beside the import register [2.0.1 J01, J02,
 * SignedMeterValueType]. What it was signed with is in the data, if anywhere: csms signs nothing.
 *
 * @param signedData `{register}` (Wh) and `{time}` are filled in
 */
export function sign(value: MeterValueType, signedData: string, { importWh }: Measured): void {
  const register = value.sampledValue.find(
    ({ measurand }) => measurand === 'Energy.Active.Import.Register',
  )
  if (!register) return
  const text = signedData
    .replace(/\{register\}/g, String(Math.round(importWh)))
    .replace(/\{time\}/g, value.timestamp)
  register.signedMeterValue = {
    signedMeterData: base64(text),
    signingMethod: '',
    encodingMethod: text.startsWith('OCMF') ? 'OCMF' : 'Opaque',
    publicKey: '',
  }
}
