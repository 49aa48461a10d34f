import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { approximateMoney } from '../format/money.ts'
import { formatAxis } from '../format/time.ts'
import { axisLabels } from './axis-labels.ts'
import { BUCKET_MILLISECONDS, labelledBuckets } from './buckets.ts'
import type { Trend } from './trend-data.ts'

/** The bucket under the pointer, and where there is room for a note on it: pixels from one side of the plot. */
export interface Hover {
  index: number
  side: 'left' | 'right'
  pixels: number
}

export interface PlotEvents {
  onHover: (hover: Hover | undefined) => void
  /** A range was dragged: its first and last bucket. */
  onSelectRange: (from: number, to: number) => void
  /** A bar was clicked: its bucket and the layer hit. */
  onSelectBar: (index: number, layer: number) => void
}

/** A label below the chart, and the space beside it. */
const LABEL_PIXELS = 56

/** A shorter drag is a click with an unsteady hand. */
const DRAG_PIXELS = 8

type Paint = string | CanvasPattern

/** Canvas knows no CSS variables, so this asks the browser what a class looks like in the current colour scheme. */
function readColours(host: HTMLElement): (property: string) => string {
  const probe = host.appendChild(document.createElement('span'))
  const read = (property: string): string => {
    probe.style.color = `var(--${property})`
    return getComputedStyle(probe).color
  }
  queueMicrotask(() => probe.remove())
  return read
}

/** The canvas twin of the class `hatched`. */
function hatchPattern(ground: string, line: string): Paint {
  const size = 5 * devicePixelRatio
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const context = tile.getContext('2d')!
  context.fillStyle = ground
  context.fillRect(0, 0, size, size)
  context.strokeStyle = line
  context.lineWidth = 1.6 * devicePixelRatio
  context.beginPath()
  for (const offset of [-size, 0, size]) {
    context.moveTo(offset - 1, size + 1)
    context.lineTo(offset + size + 1, -1)
  }
  context.stroke()
  return context.createPattern(tile, 'repeat') ?? line
}

/** Sums of the layers from the bottom up to and with each one. */
function stack({ buckets, series }: Trend): number[][] {
  const sums: number[][] = []
  for (const { heights } of series) {
    const below = sums.at(-1)
    sums.push(buckets.map((_, index) => (below?.[index] ?? 0) + heights[index]!))
  }
  return sums
}

/** Draws stacked bars, from the top layer down: each sum covers part of the taller one behind it. */
export function drawTrend(host: HTMLElement, trend: Trend, events: PlotEvents): () => void {
  const colour = readColours(host)
  const hatch = hatchPattern(colour('hatch-ground'), colour('hatch'))
  const ink = colour('ink-faint')
  const colours = { ink: colour('ink'), paper: colour('paper') }
  const rule = colour('rule')
  const font = `12px ${getComputedStyle(host).fontFamily}`
  const sums = stack(trend)
  const topDown = sums.map((_, layer) => sums.length - 1 - layer)
  const paints = trend.series.map(({ colour: name }): Paint => (name === 'hatched' ? hatch : colour(name)))
  const bars = uPlot.paths.bars!({ size: [0.82, 64] })
  const before = trend.before?.map(approximateMoney)
  const seconds = trend.buckets.map((start) => start / 1000)
  const length = BUCKET_MILLISECONDS[trend.bucket] / 1000
  const plot = new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      // The last label is below the middle of the last bar, and may be wider than it.
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: false, range: () => [(seconds[0] ?? 0) - length / 2, (seconds.at(-1) ?? 1) + length / 2] },
        y: { range: (_, __, max) => [0, max * 1.06] },
      },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: DRAG_PIXELS },
      },
      axes: [
        {
          stroke: ink,
          font,
          grid: { show: false },
          ticks: { stroke: rule, size: 4 },
          gap: 4,
          // uPlot's own calendar skips or repeats an hour of UTC where the visitor's clock does.
          splits: ({ width }) =>
            labelledBuckets(trend.buckets, trend.bucket, width / LABEL_PIXELS).map((start) => start / 1000),
          values: (_, splits) =>
            formatAxis(
              splits.map((second) => second * 1000),
              trend.bucket,
            ),
        },
        {
          stroke: ink,
          font,
          grid: { stroke: rule, width: 1 },
          ticks: { show: false },
          border: { show: false },
          size: axisSize,
          values: (_, splits) => axisLabels(splits, trend.type),
        },
      ],
      series: [
        {},
        ...topDown.map((layer) => ({
          fill: () => paints[layer] as string,
          width: 0,
          paths: bars,
          points: { show: false },
        })),
        // Keeps its values on the scale; the marks are drawn by hand.
        ...(before ? [{ paths: () => null, points: { show: false } }] : []),
      ],
      hooks: {
        draw: [markBefore],
        setCursor: [
          (self) => {
            const index = bucketAt(self.cursor.left ?? -1)
            events.onHover(index === undefined ? undefined : { index, ...placeNote(self) })
          },
        ],
        setSelect: [
          (self) => {
            if (self.select.width < DRAG_PIXELS) return
            const from = bucketAt(self.select.left)
            const to = bucketAt(self.select.left + self.select.width)
            if (from !== undefined && to !== undefined) events.onSelectRange(from, to)
          },
        ],
      },
    },
    [seconds, ...topDown.map((layer) => sums[layer]!), ...(before ? [before] : [])],
    host,
  )

  /**
   * The cost of the previous period: a mark across each bar, as on a bullet graph; a line if bars are too thin for
   * marks.
   */
  function markBefore(self: uPlot): void {
    const { ctx } = self
    const pixel = devicePixelRatio
    const position = (time: number): number => self.valToPos(time, 'x', true)
    const width = Math.min(64 * pixel, 0.82 * (position(length) - position(0)))
    const marks = (before ?? []).map((value, index) => ({
      left: position(seconds[index]!) - width / 2,
      top: self.valToPos(value, 'y', true),
    }))
    if (width < 6 * pixel) {
      ctx.strokeStyle = colours.ink
      ctx.lineWidth = pixel
      ctx.beginPath()
      for (const { left, top } of marks) ctx.lineTo(left + width / 2, top)
      ctx.stroke()
      return
    }
    for (const { left, top } of marks) {
      ctx.fillStyle = colours.paper
      ctx.fillRect(left, top - 2 * pixel, width, 4 * pixel)
      ctx.fillStyle = colours.ink
      ctx.fillRect(left, top - pixel, width, 2 * pixel)
    }
  }

  /** A bar is centred on its start, so that the label of a day is below its bar. */
  function bucketAt(left: number): number | undefined {
    if (left < 0) return undefined
    const time = plot.posToVal(left, 'x')
    const index = seconds.findLastIndex((start) => start - length / 2 <= time)
    return index < 0 ? undefined : index
  }

  let pressedAt = 0
  plot.over.addEventListener('pointerdown', (event) => {
    pressedAt = event.clientX
  })
  plot.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - pressedAt) >= DRAG_PIXELS) return
    const index = bucketAt(event.offsetX)
    const value = plot.posToVal(event.offsetY, 'y')
    const layer = index === undefined ? -1 : sums.findIndex((sum) => value <= sum[index]!)
    if (index !== undefined && layer >= 0) events.onSelectBar(index, layer)
  })
  plot.over.addEventListener('pointerleave', () => events.onHover(undefined))

  const resized = new ResizeObserver(() =>
    plot.setSize({ width: host.clientWidth, height: host.clientHeight }),
  )
  resized.observe(host)
  return () => {
    resized.disconnect()
    plot.destroy()
  }
}

function placeNote({ cursor, over, root }: uPlot): Pick<Hover, 'side' | 'pixels'> {
  const left = (cursor.left ?? 0) + over.offsetLeft
  const isLeftHalf = left < root.clientWidth / 2
  return isLeftHalf
    ? { side: 'left', pixels: left + 12 }
    : { side: 'right', pixels: root.clientWidth - left + 12 }
}

function axisSize(_: uPlot, labels: string[] | null): number {
  return 14 + 7 * Math.max(3, ...(labels ?? []).map((label) => label.length))
}
