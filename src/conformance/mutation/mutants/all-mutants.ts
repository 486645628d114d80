import type { Mutant } from '../mutant.ts'
import { charging21Mutants } from './charging21.ts'
import { core16Mutants } from './core16.ts'
import { energy21Mutants } from './energy21.ts'
import { ocpp21Mutants } from './ocpp21.ts'
import { ocpp201Mutants } from './ocpp201.ts'
import { operations201Mutants } from './operations201.ts'
import { profiles16Mutants } from './profiles16.ts'
import { rpcMutants } from './rpc.ts'

/** All faults that are seeded, by version. */
export const mutants: readonly Mutant[] = [
  ...core16Mutants,
  ...profiles16Mutants,
  ...rpcMutants('ocpp1.6'),
  ...ocpp201Mutants,
  ...operations201Mutants,
  ...rpcMutants('ocpp2.0.1'),
  ...ocpp21Mutants,
  ...charging21Mutants,
  ...energy21Mutants,
]
