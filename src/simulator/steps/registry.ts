import type { StepGroup } from '../../document/step-form.ts'
import { authorize } from './authorize.ts'
import { awaitSignal } from './await.ts'
import { boot } from './boot.ts'
import { call } from './call.ts'
import { charge } from './charge.ts'
import { choose } from './choose.ts'
import { clearFault } from './clear-fault.ts'
import { close } from './close.ts'
import { command } from './command.ts'
import { contract } from './contract.ts'
import { disconnect } from './disconnect.ts'
import { duplicate } from './duplicate.ts'
import { evNeeds } from './ev-needs.ts'
import { expect } from './expect.ts'
import { clearExternalLimit, externalLimit } from './external-limit.ts'
import { fault } from './fault.ts'
import { gridEvent } from './grid-event.ts'
import { limit } from './limit.ts'
import { log } from './log.ts'
import { parallel } from './parallel.ts'
import { payByCard } from './pay-by-card.ts'
import { pipeline } from './pipeline.ts'
import { plugIn } from './plug-in.ts'
import { powerLoss } from './power-loss.ts'
import { powerUp } from './power-up.ts'
import { priority } from './priority.ts'
import { reconnect } from './reconnect.ts'
import { refuseTariff } from './refuse-tariff.ts'
import { repeat } from './repeat.ts'
import { reply } from './reply.ts'
import { sendRaw } from './send-raw.ts'
import { signal } from './signal.ts'
import { start } from './start.ts'
import type { StepDefinition, StepTable } from './step-definition.ts'
import { stop } from './stop.ts'
import { suspendEv } from './suspend-ev.ts'
import { swapBattery } from './swap-battery.ts'
import { unplug } from './unplug.ts'
import { wait } from './wait.ts'

/** All steps of the scenario language. */
export const stepGroups: readonly StepGroup<StepDefinition<unknown>>[] = [
  {
    title: 'A charging session',
    steps: [
      boot,
      plugIn,
      contract,
      authorize,
      payByCard,
      refuseTariff,
      limit,
      start,
      charge,
      suspendEv,
      stop,
      unplug,
      swapBattery,
    ],
  },
  {
    title: 'Smart charging of 2.x beside the CSMS',
    steps: [externalLimit, clearExternalLimit, evNeeds, priority],
  },
  { title: 'The flow of a script', steps: [wait, repeat, parallel, choose, log] },
  { title: 'Between stations', steps: [signal, awaitSignal] },
  { title: 'Raw OCPP, and what the CSMS does', steps: [call, command, expect, reply] },
  {
    title: 'When things go wrong',
    steps: [disconnect, reconnect, powerLoss, powerUp, fault, clearFault, gridEvent],
  },
  { title: 'Misbehaviour on purpose', steps: [sendRaw, duplicate, pipeline, close] },
]

/** By name. */
export const stepTable: StepTable = Object.fromEntries(
  stepGroups.flatMap(({ steps }) => steps.map((step) => [step.name, step] as const)),
)
