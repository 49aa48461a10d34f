import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatMoney } from '../format/money.ts'
import { formatCompact } from '../format/quantity.ts'
import type { Trend } from './trend-data.ts'

/** The bucket beneath the pointer, and where a note on it has room: pixels from one side of the plot. */
export interface Hover {
  index: number
  side: 'left' | 'right'
  pixels: number
}

export interface PlotEvents {
  onHover: (hover: Hover | undefined) => void
  /** A range was dragged: milliseconds since the epoch. */
  onSelectRange: (from: number, to: number) => void
  /** A bar was clicked: its bucket and the layer hit. */
  onSelectBar: (index: number, layer: number) => void
}

/** Less than this is a click with an unsteady hand. */
const DRAG_PIXELS = 8

type Paint = string | CanvasPattern

/** Canvas knows no CSS variables: asks the browser what a class looks like in the present colour scheme. */
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

/** Draws stacked bars. Drawn from the top layer down, each sum paints over the taller one behind it. */
export function drawTrend(host: HTMLElement, trend: Trend, events: PlotEvents): () => void {
  const colour = readColours(host)
  const hatch = hatchPattern(colour('hatch-ground'), colour('hatch'))
  const ink = colour('ink-faint')
  const rule = colour('rule')
  const font = `12px ${getComputedStyle(host).fontFamily}`
  const sums = stack(trend)
  const topDown = sums.map((_, layer) => sums.length - 1 - layer)
  const paints = trend.series.map(({ colour: name }): Paint => (name === 'hatched' ? hatch : colour(name)))
  const print = (value: number): string => {
    if (value === 0) return trend.type === 'money' ? '$0' : '0'
    if (trend.type === 'count') return formatCompact(value)
    return value >= 10_000
      ? `$${formatCompact(value)}`
      : formatMoney(plainDecimal(value), value >= 1 && value % 1 === 0 ? 0 : undefined)
  }
  const bars = uPlot.paths.bars!({ size: [0.82, 64], align: 1 })
  const seconds = trend.buckets.map((start) => start / 1000)
  const length = trend.bucketMilliseconds / 1000
  const plot = new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      tzDate: (time) => uPlot.tzDate(new Date(time * 1000), 'UTC'),
      fmtDate: formatDate,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      scales: {
        x: { time: true, range: () => [seconds[0] ?? 0, (seconds.at(-1) ?? 1) + length] },
        y: { range: (_, __, max) => [0, max > 0 ? max * 1.06 : 1] },
      },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: DRAG_PIXELS },
      },
      axes: [
        { stroke: ink, font, grid: { show: false }, ticks: { stroke: rule, size: 4 }, gap: 4 },
        {
          stroke: ink,
          font,
          grid: { stroke: rule, width: 1 },
          ticks: { show: false },
          border: { show: false },
          size: axisSize,
          values: (_, splits) => splits.map(print),
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
      ],
      hooks: {
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
            if (from !== undefined && to !== undefined)
              events.onSelectRange(trend.buckets[from]!, trend.buckets[to]! + trend.bucketMilliseconds)
          },
        ],
      },
    },
    [seconds, ...topDown.map((layer) => sums[layer]!)],
    host,
  )

  /** The bar is drawn to the right of its start, so the nearest start is not the bar beneath the pointer. */
  function bucketAt(left: number): number | undefined {
    if (left < 0) return undefined
    const time = plot.posToVal(left, 'x')
    const index = seconds.findLastIndex((start) => start <= time)
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

/** uPlot's own date names would follow the machine's language; the page speaks one. */
function formatDate(template: string): (date: Date) => string {
  return uPlot.fmtDate(
    template
      .replace('{M}/{D}', '{D} {MMM}')
      .replace('{h}{aa}', '{HH}:00')
      .replace('{h}:{mm}{aa}', '{HH}:{mm}')
      .replace('/{YY}', ''),
  )
}

function axisSize(_: uPlot, labels: string[] | null): number {
  return 14 + 7 * Math.max(3, ...(labels ?? []).map((label) => label.length))
}

/** `1e-7` is no decimal string. */
function plainDecimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '')
}
