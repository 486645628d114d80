import type { StepPlan } from '../../document/step-form.ts'
import type { ThresholdPlan } from '../../metrics/thresholds.ts'
import type { AuthorizationStatus } from '../../ocpp/authorization-status.ts'
import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { ExecutorPlan } from '../executors/registry.ts'
import type { FirmwarePlan } from '../station/firmware-plan.ts'
import type { TraitsPlan } from '../station/traits.ts'
import type { StationModel } from '../station/v2x/provisioning/device-model/station-model.ts'
import type { TransactionLimit } from '../steps/acts.ts'

/**
 * A scenario after checking: plain data, safe to send to a worker process, with every unit resolved
 * (milliseconds, watts, watt-hours, fractions, events per second) and every default filled in.
 */
export interface Plan {
  readonly name: string
  readonly description: string
  /** As given on the command line; `-` for standard input. */
  readonly file: string
  /** SHA-256 of the file's text, of the files it names and of what `--set` says; hexadecimal. */
  readonly hash: string
  /** What `vars` came to, a sentence each, secrets left out. */
  readonly vars: readonly string[]
  readonly seed: number
  /** Simulated seconds per real second. */
  readonly speed: number
  readonly fleets: readonly FleetPlan[]
  readonly load: LoadPlan
  /** Time of day when the day begins, that is when the ramp is over; ms since midnight. */
  readonly startsAtMs: number
  /** In the order of their instants. */
  readonly timeline: readonly TimelineEventPlan[]
  readonly thresholds: readonly ThresholdPlan[]
  /** Tokens the embedded CSMS knows besides each station's own. */
  readonly tokens: readonly TokenPlan[]
  /** How the embedded CSMS behaves in this scenario. */
  readonly csms: CsmsPlan
  /** Rules whose violation by the target does not fail the run. */
  readonly tolerate: readonly string[]
}

export interface CsmsPlan {
  /** Answer to BootNotification; Pending and Rejected are given `times` times, then Accepted. */
  readonly boot: { readonly status: 'Accepted' | 'Pending' | 'Rejected'; readonly times: number }
  /** Heartbeat interval in the boot answer, seconds. */
  readonly heartbeatSeconds: number
  /** Folder of the files that it offers; undefined = it offers none. */
  readonly files: string | undefined
  /** File of what charging costs; undefined = nobody calculates. */
  readonly tariffs: string | undefined
}

/** A station that a file names; what it leaves open comes from the fleet's templates. */
export interface StationRow {
  readonly id: string
  readonly password: string | undefined
  readonly token: string | undefined
  readonly tokenType: string | undefined
  readonly serial: string | undefined
}

/** How the stations of a fleet connect. */
export interface SecurityPlan {
  readonly profile: SecurityProfile
  /** PEM text of the authorities they trust; undefined = the embedded CSMS's, or the system's. */
  readonly ca: string | undefined
  /** Absolute paths of PEM files; `{id}` stands for the identity. */
  readonly client: { readonly cert: string; readonly key: string } | undefined
  /** The only TLS version they speak; undefined = 1.2 and 1.3. */
  readonly tls: '1.2' | '1.3' | undefined
  /** They use the keys of their last connection again. */
  readonly resume: boolean
  /**
   * How they read a 1.6 AuthorizationKey of hexadecimal digits: as the password itself, or as the
   * bytes that the password is made of [1.6J 6.2].
   */
  readonly authorizationKey: 'text' | 'bytes'
}

/** What the connections of a fleet are like, whoever is at their ends. */
interface ConnectionPlan {
  /** The stations offer permessage-deflate, and compress what they send where the CSMS takes it. */
  readonly compression: boolean
}

export interface FleetPlan {
  readonly name: string
  readonly count: number
  /** Run-wide index of the fleet's first station; station i has index `firstIndex + i`. */
  readonly firstIndex: number
  /** Stations by name, at least `count` of them; undefined = made by the templates. */
  readonly stations?: readonly StationRow[] | undefined
  /** Template: `{fleet}`, `{index}` (within the fleet, from 1), `{station}` (run-wide, from 1). */
  readonly id: string
  readonly version: OcppVersion
  /** Basic auth password template; undefined = no credentials. */
  readonly password: string | undefined
  /** Undefined: what the target's URL and the password come to. */
  readonly security?: SecurityPlan | undefined
  /** Undefined: nothing out of the ordinary. */
  readonly connection?: ConnectionPlan | undefined
  /** Template of the stations' own idToken. */
  readonly token: string
  /** 2.x IdTokenEnumType of it. */
  readonly tokenType: string
  readonly station: StationTemplate
  /** Undefined: every CALL of the CSMS is served as good stations do. */
  readonly traits?: TraitsPlan | undefined
  readonly script: readonly StepPlan[]
  /** What a CSMS-initiated action sets off, after it was answered. */
  readonly on: Readonly<Record<string, readonly StepPlan[]>>
  readonly traffic: readonly TrafficPlan[]
  /** Drivers who each play the script once; undefined = it is played as the load says. */
  readonly arrivals?: ArrivalsPlan | undefined
}

/** How many drivers come to a fleet in the course of the simulated day. */
export interface ArrivalsPlan {
  /** Simulated ms since the day began, ascending; straight lines between them. */
  readonly points: readonly { readonly atMs: number; readonly perSecond: number }[]
  readonly backlog: BacklogPolicy
}

export interface EvsePlan {
  /** 2.x connector types (cCCS2, cType2, cChaoJi ...), one per connector. */
  readonly connectors: readonly string[]
  readonly maxPowerW: number
  readonly phases: 1 | 2 | 3
  readonly current: 'AC' | 'DC'
  /** What it takes back from an EV at most; undefined = nothing. */
  readonly dischargeW?: number | undefined
}

/** The connection to the grid that the EVSEs of a station share with their building. */
export interface GridPlan {
  /** What it carries. */
  readonly maxPowerW: number
  /** What everything else behind it draws at the start; negative = it generates. */
  readonly loadW: number
}

/** When a 2.x transaction starts and ends [2.0.1 E01, E06; TxStartPoint, TxStopPoint]. */
export type TxStartPoint =
  | 'ParkingBayOccupancy'
  | 'EVConnected'
  | 'Authorized'
  | 'PowerPathClosed'
  | 'EnergyTransfer'
  | 'DataSigned'
export type TxStopPoint = Exclude<TxStartPoint, 'DataSigned'>

export interface StationTemplate {
  readonly vendor: string
  readonly model: string
  /** Template like the id; undefined = none sent. */
  readonly serial: string | undefined
  readonly firmware: string | undefined
  /** Undefined = the standard one. */
  readonly firmwarePlan?: FirmwarePlan | undefined
  readonly evses: readonly EvsePlan[]
  /** Undefined = one that carries whatever the EVSEs draw. */
  readonly grid?: GridPlan | undefined
  /** Phase to neutral, volts. */
  readonly voltage: number
  /** Import register at the start of the run, Wh. */
  readonly meterStartWh: number
  readonly txStartPoint: readonly TxStartPoint[]
  readonly txStopPoint: readonly TxStopPoint[]
  /** Initial values of 1.6 configuration keys and 2.x variables (`Component.Variable`). */
  readonly configuration: Readonly<Record<string, string>>
  /** Real milliseconds a CALL may stay unanswered. */
  readonly callTimeoutMs: number
  /** Undefined = a meter that says nothing of itself and tells basic units. */
  readonly meter?: MeterPlan | undefined
  /** Undefined = none, or none that is told of. */
  readonly modem?: ModemPlan | undefined
  /** 1.6 keys whose change takes effect with the next boot; ChangeConfiguration: RebootRequired. */
  readonly rebootRequired?: readonly string[] | undefined
  /** 2.x: how this make differs from the standard device model; undefined = not at all. */
  readonly deviceModel?: StationModel | undefined
}

/** The energy meters of a station: one per EVSE, and how 1.6 meter values are written. */
export interface MeterPlan {
  /** BootNotification's meterType and meterSerialNumber; undefined = none sent. */
  readonly type: string | undefined
  readonly serial: string | undefined
  /** Of active energy; reactive follows: varh, kvarh. */
  readonly energyUnit: 'Wh' | 'kWh'
  /** Of active power; reactive follows: var, kvar. */
  readonly powerUnit: 'W' | 'kW'
  readonly temperatureUnit: 'Celsius' | 'Celcius' | 'Fahrenheit' | 'K'
  /** Where it measures what has no place of its own; undefined = the standard's default, Outlet. */
  readonly location: 'Body' | 'Cable' | 'EV' | 'Inlet' | 'Outlet' | undefined
  /**
   * Text of a SignedData value beside the import register at the beginning and the end of a
   * transaction, `{register}` and `{time}` filled in; undefined = none. Opaque: csms signs nothing.
   */
  readonly signedData: string | undefined
  /** Active over apparent power of what flows, above 0 to 1. */
  readonly powerFactor: number
  /** Clock-aligned values of connector 0 too: the sum of the EVSEs, at the inlet. */
  readonly main: boolean
}

export interface ModemPlan {
  readonly iccid: string | undefined
  readonly imsi: string | undefined
}

/** Something that comes over many stations at an instant of the simulated day. */
export interface TimelineEventPlan {
  /** As people read it: `18:00 powerLoss, 30% of street, for 2min`. */
  readonly label: string
  /** What it is told by once its label was told: `18:00 powerLoss`. */
  readonly name: string
  /** The instant as it is written. */
  readonly when: string
  /** Simulated ms since the day began. */
  readonly atMs: number
  /** Simulated ms until it is taken back; undefined = it is not. */
  readonly forMs: number | undefined
  /** Each station comes back up to so much later, simulated ms. */
  readonly spreadMs: number
  readonly take: { readonly share: number } | { readonly count: number }
  readonly parts: readonly TimelinePart[]
}

/** What an event is to the stations of one fleet. */
export interface TimelinePart {
  /** Index in `Plan.fleets`. */
  readonly fleet: number
  readonly steps: readonly StepPlan[]
  /** What takes it back. */
  readonly recovery: readonly StepPlan[]
}

type BacklogPolicy = 'queue' | 'skip' | 'coalesce'

/** Open-model traffic: CALLs due at intended instants whatever the answers do. */
export interface TrafficPlan {
  /**
   * An action of the fleet's version, or a version-neutral 1.6 name (StartTransaction,
   * StopTransaction, MeterValues) that 2.x stations send as TransactionEvent.
   */
  readonly call: string
  /** Undefined: from the station's physical state. */
  readonly payload: object | undefined
  /** Either each station's own period, with a phase of its own from the seed ... */
  readonly everyMs: number | undefined
  /** ... or a rate over the whole fleet, CALLs per second. */
  readonly ratePerSecond: number | undefined
  readonly backlog: BacklogPolicy
}

/** The windows of a run and how its stations come. */
export interface LoadWindows {
  readonly connect: {
    /** New connections per second over the whole run; undefined = as fast as they are accepted. */
    readonly ratePerSecond: number | undefined
    readonly jitterMs: number
    /** Connects under way at once over the whole run; the ramp waits for one to end. */
    readonly inFlight: number
  }
  readonly warmupMs: number
  /** Undefined: until the scripts are done. */
  readonly steadyMs: number | undefined
  /** How long scripts may go on when steady is over; then they are called off. */
  readonly gracefulStopMs: number
  /** How long outstanding answers may take after that. */
  readonly drainMs: number
}

export interface LoadPlan extends LoadWindows {
  readonly executor: ExecutorPlan
}

export interface TokenPlan {
  readonly idToken: string
  /** 2.x IdTokenEnumType; 1.6 has only one kind. */
  readonly type: string
  readonly status: AuthorizationStatus
  /** ISO 8601. */
  readonly expiry: string | undefined
  /** 1.6 parentIdTag, 2.x groupIdToken. */
  readonly group: string | undefined
  /** False: in one transaction at a time. */
  readonly concurrent: boolean
  /** 2.1: where each of its transactions ends its energy. */
  readonly limit: TransactionLimit | undefined
  /** What is left of a prepaid account; undefined = it is none. */
  readonly balance: number | undefined
  /** tariffId of its own prices; undefined = the default. */
  readonly tariff: string | undefined
  /** 2.x: what the driver reads, RFC 5646. */
  readonly language: string | undefined
  /** 2.x: what the station shows him. */
  readonly message: string | undefined
  /** 2.x: the only EVSEs where it may charge. */
  readonly evses: readonly number[] | undefined
  /** 2.x: what has to be presented with it. */
  readonly additionalInfo:
    | readonly { readonly additionalIdToken: string; readonly type: string }[]
    | undefined
}

/** An electric vehicle as `plugIn` brings it. */
export interface EvPlan {
  readonly batteryWh: number
  /** State of charge when it arrives, 0 to 1. */
  readonly soc: number
  readonly maxPowerW: number
  /** Phases the on-board charger uses on AC. */
  readonly phases: 1 | 2 | 3
  /** State of charge above which acceptance falls off linearly to 5 % at full. */
  readonly taperFrom: number
  /** What it tells over ISO 15118; undefined = it does not speak it. */
  readonly needs?: EvNeeds | undefined
  /** How it gives energy back; undefined = it does not. */
  readonly discharge?: DischargePlan | undefined
}

/** What an EV with ISO 15118 tells of itself; nothing of it goes over a wire to the EVSE. */
export interface EvNeeds {
  /** Of this session; undefined = until the battery is full. */
  readonly energyWh?: number | undefined
  /** Simulated ms from now; undefined = it does not say. */
  readonly departureMs?: number | undefined
  /** How many periods its schedules may have. */
  readonly maxScheduleTuples?: number | undefined
  /** ISO 15118-20 only; undefined = ISO 15118-2. */
  readonly control?: 'scheduled' | 'dynamic' | undefined
  /** ISO 15118-20 on AC: it tells its phases apart; undefined = it does not. */
  readonly byPhase?: boolean | undefined
}

interface DischargePlan {
  readonly maxPowerW: number
  /** State of charge at which it stops giving, 0 to 1. */
  readonly reserveSoc: number
  /** What arrives at the meter of what leaves the battery, above 0 to 1. */
  readonly efficiency: number
}
