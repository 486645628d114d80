import type Plot from 'uplot'
import type { ChartModel, PageData } from '../chart-model.ts'
import type { Colours } from './colours.ts'

const fontSize = 11

/** The windows of the run, behind the lines. */
export function drawBackdrop(
  plot: Plot,
  model: ChartModel,
  data: PageData,
  colours: Colours,
): void {
  if (model.x !== 'time') return
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = colours.of('band')
  for (const { from, to, shaded } of data.windows) {
    const [left, right] = spanOf(plot, from, to)
    if (shaded && right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height)
  }
  ctx.restore()
}

/** What the windows, marks and limits are called, over the lines. */
export function drawNotes(plot: Plot, model: ChartModel, data: PageData, colours: Colours): void {
  const { ctx } = plot
  ctx.save()
  ctx.font = `${fontSize * ratioOf(plot)}px system-ui, sans-serif`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'bottom'
  if (model.x === 'time') {
    drawWindowNames(plot, data, colours)
    for (const { at } of data.marks) drawUpright(plot, at, colours.of('third'))
  }
  if (model.found) {
    drawUpright(plot, model.found.at, colours.of('good'))
    writeBeside(plot, model.found.at, model.found.label, colours.of('good'))
  }
  for (const { value, label } of model.limits) drawLimit(plot, value, label, colours.of('bad'))
  ctx.restore()
}

function drawWindowNames(plot: Plot, { windows, marks }: PageData, colours: Colours): void {
  const { ctx, bbox } = plot
  const gap = 4 * ratioOf(plot)
  ctx.fillStyle = colours.of('muted')
  let free = Number.NEGATIVE_INFINITY
  for (const { name, from, to } of windows) {
    const [left, right] = spanOf(plot, from, to)
    if (right <= left) continue
    const width = ctx.measureText(name).width
    // A window shorter than its name lends it room of the one beside it.
    const x = Math.min(Math.max(left, free), bbox.left + bbox.width - width)
    if (x < free || x >= right) continue
    ctx.fillText(name, x, bbox.top - gap)
    free = x + width + 2 * gap
  }
  ctx.fillStyle = colours.of('third')
  for (const [at, { at: second }] of marks.entries()) {
    const x = plot.valToPos(second, 'x', true)
    if (x >= bbox.left && x <= bbox.left + bbox.width)
      ctx.fillText(String(at + 1), x + gap / 2, bbox.top + fontSize * ratioOf(plot) + gap)
  }
}

function drawUpright(plot: Plot, at: number, colour: string): void {
  const { ctx, bbox } = plot
  const x = crisp(plot, plot.valToPos(at, 'x', true))
  if (x < bbox.left || x > bbox.left + bbox.width) return
  stroke(plot, colour, () => {
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
  })
}

function writeBeside(plot: Plot, at: number, label: string, colour: string): void {
  const { ctx, bbox } = plot
  const x = plot.valToPos(at, 'x', true)
  const width = ctx.measureText(label).width
  const gap = 4 * ratioOf(plot)
  const fits = x + gap + width <= bbox.left + bbox.width
  ctx.fillStyle = colour
  ctx.fillText(label, fits ? x + gap : x - gap - width, bbox.top + fontSize * ratioOf(plot) + gap)
}

function drawLimit(plot: Plot, value: number, label: string, colour: string): void {
  const { ctx, bbox } = plot
  const y = crisp(plot, plot.valToPos(value, 'y', true))
  if (y < bbox.top || y > bbox.top + bbox.height) return
  stroke(plot, colour, () => {
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
  })
  ctx.fillStyle = colour
  const width = ctx.measureText(label).width
  ctx.fillText(label, bbox.left + bbox.width - width, y - 2 * ratioOf(plot))
}

function stroke(plot: Plot, colour: string, path: () => void): void {
  const { ctx } = plot
  ctx.strokeStyle = colour
  ctx.lineWidth = ratioOf(plot)
  ctx.lineCap = 'butt'
  ctx.lineDashOffset = 0
  ctx.setLineDash([3 * ratioOf(plot), 3 * ratioOf(plot)])
  ctx.beginPath()
  path()
  ctx.stroke()
}

/** Where a line of one CSS pixel covers whole canvas pixels. */
function crisp(plot: Plot, at: number): number {
  return Math.round(at) + (Math.round(ratioOf(plot)) % 2) / 2
}

/** Canvas pixels of a span of seconds, cut to what is shown. */
function spanOf({ bbox, valToPos }: Plot, from: number, to: number): [number, number] {
  const right = bbox.left + bbox.width
  const within = (x: number): number => Math.min(right, Math.max(bbox.left, x))
  return [within(valToPos(from, 'x', true)), within(valToPos(to, 'x', true))]
}

/** Canvas pixels to a CSS pixel. */
function ratioOf({ ctx, width }: Plot): number {
  return ctx.canvas.width / width
}
