import type { Matcher } from '../../document/fields/values.ts'
import type { Asking } from './presets/asking.ts'
import type { PresetName } from './presets/registry.ts'
import type { TemplateValues } from './template.ts'

/** A request of HTTP; texts are templates. */
export interface HttpWay {
  readonly kind: 'http'
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** `payload`: that of the CALL; `none`: without one. */
  readonly body: 'payload' | 'none' | { readonly template: unknown }
  /** What counts as taken; none: 200 to 299. */
  readonly expect: readonly number[]
  /** What the JSON of the response has to look like. */
  readonly answer: Matcher | undefined
}

/** A program that gets the payload on its standard input; arguments are templates. */
export interface CommandWay {
  readonly kind: 'command'
  readonly command: readonly string[]
}

/** A JavaScript module whose default export is called with the order. */
export interface ModuleWay {
  readonly kind: 'module'
  /** Full path. */
  readonly module: string
}

/** What a preset does by itself: several requests, one after the other. */
export interface OwnWay {
  readonly kind: 'own'
  /** What went wrong; undefined: nothing. */
  readonly act: (values: TemplateValues, asking: Asking) => Promise<string | undefined>
}

/** A person does it; what is to be done, as a template. */
interface ManualWay {
  readonly kind: 'manual'
  readonly words: string | undefined
}

/** Nobody has to do anything: the CSMS sends it by itself sooner or later. */
interface PassiveWay {
  readonly kind: 'passive'
  readonly withinMs: number
}

/** Not to be tried. */
interface SkipWay {
  readonly kind: 'skip'
}

/** How a CSMS is made to act, as a file says it. */
export type Way = HttpWay | CommandWay | ModuleWay | ManualWay | PassiveWay | SkipWay

/** Something to be done before or after all cases. */
export interface Errand {
  readonly each: 'run' | 'station' | 'token'
  readonly way: HttpWay | CommandWay | ModuleWay | OwnWay
}

/** A checked hooks file. */
export interface HooksPlan {
  readonly file: string
  readonly preset: PresetName | undefined
  readonly api: string | undefined
  /** Of every request of HTTP. */
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly manualMs: number
  /** By action; `*` is for every other one. */
  readonly operations: Readonly<Record<string, Way>>
  readonly provision: readonly Errand[]
  readonly teardown: readonly Errand[]
}
