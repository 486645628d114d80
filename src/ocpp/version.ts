/** A protocol generation by its WebSocket subprotocol name [1.6J 3.1.2] [2.0.1 Part 4 3.1.2]. */
export type OcppVersion = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'

/** All versions csms speaks, oldest first. */
export const ocppVersions: readonly OcppVersion[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']

export function isOcppVersion(text: string): text is OcppVersion {
  return (ocppVersions as readonly string[]).includes(text)
}
