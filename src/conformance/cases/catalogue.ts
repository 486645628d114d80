import type { OcppVersion } from '../../ocpp/version.ts'
import type { ConformanceCase } from './case.ts'
import { core16 } from './ocpp16/core.ts'
import { provisioning201 } from './ocpp201/b-provisioning.ts'
import { authorization201 } from './ocpp201/c-authorization.ts'
import { rpcCases } from './rpc/x-rpc.ts'

/** All cases, in the order of their documents. */
export const catalogue: readonly ConformanceCase[] = [
  ...core16,
  ...provisioning201,
  ...authorization201,
  ...rpcCases,
]

/** Those of one version. */
export function casesOf(version: OcppVersion): readonly ConformanceCase[] {
  return catalogue.filter((one) => one.version === version)
}
