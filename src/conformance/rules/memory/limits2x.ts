interface Variable {
  readonly name: string
  readonly instance?: string
}

const perMessage: ReadonlySet<string> = new Set(['ItemsPerMessage', 'BytesPerMessage'])
const ofProfiles: ReadonlySet<string> = new Set(['ProfileStackLevel', 'PeriodsPerSchedule'])

/**
 * Under which name a variable of the device model is kept that says how much a message may have:
 * `ItemsPerMessage GetVariables`; undefined: it says nothing of that. [2.0.1 Part 2 Referenced Components]
 */
export function limitName(component: string, { name, instance }: Variable): string | undefined {
  if (component === 'SmartChargingCtrlr') return ofProfiles.has(name) ? name : undefined
  if (!perMessage.has(name)) return undefined
  const action = component === 'LocalAuthListCtrlr' ? 'SendLocalList' : instance
  return action === undefined ? undefined : `${name} ${action}`
}
