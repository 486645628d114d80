import type { StepGroup } from '../../../document/step-form.ts'
import type { ServeStep } from '../step-context.ts'
import { call } from './call.ts'
import { close } from './close.ts'
import { connects } from './connects.ts'
import { disconnects } from './disconnects.ts'
import { expect } from './expect.ts'
import { log } from './log.ts'
import { pipeline } from './pipeline.ts'
import { repeat } from './repeat.ts'
import { reply } from './reply.ts'
import { sendRaw } from './send-raw.ts'
import { wait } from './wait.ts'

/** All steps of the scripts of the management system's side. */
export const serveStepGroups: readonly StepGroup<ServeStep<unknown>>[] = [
  { title: 'What the station does, and what it is sent', steps: [expect, call, reply] },
  { title: 'The flow of a script', steps: [wait, repeat, log] },
  { title: 'The connection', steps: [connects, disconnects, close] },
  { title: 'Misbehaviour on purpose', steps: [sendRaw, pipeline] },
]

/** By name. */
export const serveSteps: Readonly<Record<string, ServeStep<unknown>>> = Object.fromEntries(
  serveStepGroups.flatMap(({ steps }) => steps.map((step) => [step.name, step] as const)),
)
