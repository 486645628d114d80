import type { DataEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { VariableSpec } from './variable.ts'

/** What a row may say besides name, type and value. */
export type Extra = Partial<
  Omit<VariableSpec, 'component' | 'componentInstance' | 'variable' | 'dataType' | 'initial'>
>
type Name = `${string}.${string}`

/** One variable, at the station unless `scope` says otherwise. */
export function row(
  name: Name,
  dataType: DataEnumType,
  initial: string | undefined,
  extra: Extra = {},
): VariableSpec {
  const dot = name.indexOf('.')
  const [, component = '', componentInstance] =
    /^([^[]+)(?:\[(.+)\])?$/.exec(name.slice(0, dot)) ?? []
  return {
    component,
    ...(componentInstance !== undefined && { componentInstance }),
    variable: name.slice(dot + 1),
    scope: 'station',
    mutability: 'ReadOnly',
    dataType,
    initial,
    ...extra,
  }
}

/** The CSMS may change it; kept over reboots. */
export const settable = (
  name: Name,
  dataType: DataEnumType,
  initial: string,
  extra: Extra = {},
): VariableSpec => row(name, dataType, initial, { mutability: 'ReadWrite', ...extra })

/** As it came from the factory. */
export const fixed = (
  name: Name,
  dataType: DataEnumType,
  value: string,
  extra: Extra = {},
): VariableSpec => row(name, dataType, value, { constant: true, ...extra })

/** Read from the station each time. */
export const live = (
  name: Name,
  dataType: DataEnumType,
  read: NonNullable<VariableSpec['read']>,
  extra: Extra = {},
): VariableSpec => row(name, dataType, undefined, { read, ...extra })

/** A time in seconds. */
export const seconds = { unit: 's', min: 0 } as const
export const perEvse = { scope: 'evse' } as const
export const perConnector = { scope: 'connector' } as const
