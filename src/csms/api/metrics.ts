import { metricsText } from './metric-families.ts'
import { sendText } from './problem.ts'
import { route } from './route.ts'

export const getMetrics = route({
  method: 'GET',
  path: '/metrics',
  id: 'getMetrics',
  tag: 'Server',
  summary: 'What was counted since the start, for Prometheus',
  role: 'viewer',
  answers: {
    200: {
      description: 'Prometheus text, version 0.0.4.',
      schema: { type: 'string' },
      contentType: 'text/plain',
    },
  },
  async handle({ response, services: { operations, clock, startedMicros, hub, runId } }) {
    const measures = await operations.measures()
    const text = metricsText({
      ...measures,
      runId,
      storeKind: operations.storeKind,
      uptimeSeconds: (clock.monotonicMicros() - startedMicros) / 1e6,
      eventStreams: hub.subscribers,
    })
    const contentType = 'text/plain; version=0.0.4; charset=utf-8'
    sendText(response, 200, text, { 'Content-Type': contentType })
  },
})
