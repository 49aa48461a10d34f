import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

type Rgb = readonly [number, number, number]

/** Both values of a `light-dark()` token, linear RGB. */
function read(name: string): { light: Rgb; dark: Rgb } {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens)!
  return { light: linear(light!), dark: linear(dark!) }
}

function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

type Matrix = readonly [Rgb, Rgb, Rgb]

function apply(matrix: Matrix, [r, g, b]: Rgb): Rgb {
  const row = ([x, y, z]: Rgb): number => Math.min(1, Math.max(0, x * r + y * g + z * b))
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const SIGHT: Record<string, Matrix> = {
  'full color sight': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Oklab (Björn Ottosson), in which distances are roughly as seen. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function distance(a: Rgb, b: Rgb): number {
  const [x, y] = [oklab(a), oklab(b)]
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
}

/** WCAG contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, blue]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * blue
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const SERIES = Array.from({ length: 8 }, (_, index) => `series-${index + 1}`)
const SCHEMES = ['light', 'dark'] as const

/** A difference that is plain side by side; 0.02 is about the least that can be seen. */
const PLAIN = 0.08

describe.each(SCHEMES)('the palette in %s', (scheme) => {
  it.each(Object.keys(SIGHT))('keeps neighbours in a stack apart for %s', (sight) => {
    const seen = SERIES.map((name) => apply(SIGHT[sight]!, read(name)[scheme]))
    const apart = seen.slice(1).map((color, index) => distance(color, seen[index]!))
    expect(Math.min(...apart)).toBeGreaterThan(PLAIN)
  })

  it.each(['ink', 'ink-soft', 'ink-faint', 'accent', 'dearer', 'cheaper', 'caution'])(
    '%s can be read on paper',
    (name) => {
      expect(contrast(read(name)[scheme], read('paper')[scheme])).toBeGreaterThan(4.5)
    },
  )
})
