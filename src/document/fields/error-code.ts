import { type RpcErrorCode, readErrorCode, wireErrorCodes } from '../../ocpp/rpc/error-codes.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { Field } from './field.ts'

/** The code of a CALLERROR that is to be sent; either version's spelling is understood. */
export function errorCode(): Field<RpcErrorCode> {
  const wants = 'an OCPP error code like InternalError'
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar') return reader.refuse(node, wants)
      const code = readErrorCode(node.text)
      if (code) return code
      const known = wireErrorCodes(reader.scope?.versions[0] ?? 'ocpp2.1')
      return reader.reportUnknown(
        node.span,
        `OCPP has no error code "${node.text}"`,
        node.text,
        known,
      )
    },
    schema: () => ({ enum: [...new Set(ocppVersions.flatMap(wireErrorCodes))].sort() }),
  }
}
