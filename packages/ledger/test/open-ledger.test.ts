import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { openLedger } from '@spanmeter/ledger'
import { describe, expect, onTestFinished, test } from 'vitest'
import { call } from './span.ts'
import { temporaryLedger, temporaryPath } from './temporary-ledger.ts'

const run = promisify(execFile)

test('a process that opens no ledger loads no DuckDB', async () => {
  const loaded = `process.report.getReport().sharedObjects.some((file) => file.includes('duckdb'))`
  const source = `const { openLedger } = await import('@spanmeter/ledger'); console.log(${loaded})
    await (await openLedger({ path: ${JSON.stringify(temporaryPath())} })).close(); console.log(${loaded})`
  const options = ['--conditions=@spanmeter/source', '--input-type=module', '-e', source]
  const { stdout } = await run(process.execPath, options)
  expect(stdout).toBe('false\ntrue\n')
})

describe('a ledger file that', () => {
  test('is missing is created with its directory, or not found where it is only read', async () => {
    const path = `${temporaryPath()}.d/deep/ledger.duckdb`
    await expect(openLedger({ path, readOnly: true })).rejects.toMatchObject({
      code: 'ledger_missing',
      message: expect.stringContaining(path),
    })
    expect(existsSync(dirname(path))).toBe(false)
    const ledger = await openLedger({ path })
    await ledger.append([call({ cost: '1' })])
    await ledger.close()
    const reader = await openLedger({ path, readOnly: true })
    expect(await reader.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
    await expect(reader.append([call()])).rejects.toMatchObject({ code: 'ledger_read_only' })
    await reader.close()
  })

  test('is all that is written to, until something is exported: the rest of the disk may be read-only', async () => {
    const { TMPDIR } = process.env
    onTestFinished(() => {
      process.env.TMPDIR = TMPDIR
      if (TMPDIR === undefined) delete process.env.TMPDIR
    })
    const path = temporaryPath()
    process.env.TMPDIR = `${path}.d/none`
    const ledger = await openLedger({ path })
    await ledger.append([call({ cost: '1' })])
    expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
    await expect(ledger.export('csv')).rejects.toThrow(/no place to write an export to .* set TMPDIR/)
    await ledger.close()
  })

  test('another process holds is locked, and says by whom', async () => {
    const path = temporaryPath()
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
        globalThis.held = await DuckDBInstance.create(${JSON.stringify(path)})
        console.log('held'); setInterval(() => {}, 1000)
      })`,
      ],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder.stdout, 'data')
    for (const readOnly of [false, true]) {
      await expect(openLedger({ path, readOnly })).rejects.toMatchObject({
        code: 'ledger_locked',
        message: expect.stringContaining(`(PID ${holder.pid})`),
      })
    }
  })

  test('is no ledger is corrupt, and left as it is', async () => {
    const path = temporaryPath()
    const content = 'garbage'.repeat(10_000)
    writeFileSync(path, content)
    await expect(openLedger({ path })).rejects.toMatchObject({ code: 'ledger_corrupt' })
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('was cut short is corrupt, and left as it is', async () => {
    const path = temporaryPath()
    await (await openLedger({ path })).close()
    truncateSync(path, 9_000)
    await expect(openLedger({ path })).rejects.toMatchObject({ code: 'ledger_corrupt' })
    expect(statSync(path).size).toBe(9_000)
  })

  test('could not be begun for want of space is begun once there is some', async () => {
    const path = temporaryPath()
    const begin = `import('@spanmeter/ledger').then(({ openLedger }) => openLedger({ path: ${JSON.stringify(path)} }))
      .catch(({ code }) => console.log(code))`
    // A file may have one block of 512 bytes: less than DuckDB's first page.
    const { stdout } = await run('sh', [
      '-c',
      `ulimit -f 1; trap '' XFSZ; exec "$@"`,
      'sh',
      process.execPath,
      '--conditions=@spanmeter/source',
      '-e',
      begin,
    ])
    expect(stdout.trim()).toBe('ledger_disk_full')
    const ledger = await openLedger({ path })
    await ledger.close()
  })

  test('was damaged in the middle is corrupt when that part is read, and left as it is', async () => {
    const path = temporaryPath()
    const ledger = await openLedger({ path })
    await ledger.append(Array.from({ length: 20_000 }, (_, index) => call({ cost: `0.${index + 1}` })))
    await ledger.close()
    const content = readFileSync(path)
    content.fill(0xff, Math.floor(content.length / 3), content.length - 1)
    writeFileSync(path, content)
    const damaged = async (): Promise<unknown> => {
      const opened = await openLedger({ path })
      try {
        return await opened.sql('SELECT * FROM spans')
      } finally {
        await opened.close()
      }
    }
    await expect(damaged()).rejects.toMatchObject({
      code: 'ledger_corrupt',
    })
  })

  test('has a newer schema is refused', async () => {
    const path = temporaryPath()
    await (await openLedger({ path })).close()
    await execute(path, 'INSERT INTO schema_version VALUES (999, now()::TIMESTAMP)')
    await expect(openLedger({ path })).rejects.toMatchObject({
      code: 'ledger_schema_newer',
      message: expect.stringContaining('schema 999'),
    })
  })

  test('has an older schema is brought up to date, or refused where it is only read', async () => {
    const path = temporaryPath()
    await execute(path, 'CREATE TABLE unrelated (i INTEGER)')
    await expect(openLedger({ path, readOnly: true })).rejects.toMatchObject({ code: 'ledger_schema_older' })
    const ledger = await openLedger({ path })
    await ledger.append([call({ cost: '1' })])
    expect((await ledger.total()).cost).toBe('1')
    await ledger.close()
  })

  test.skipIf(process.getuid?.() === 0)('may not be written is not permitted', async () => {
    const directory = `${temporaryPath()}.d`
    mkdirSync(directory)
    chmodSync(directory, 0o500)
    await expect(openLedger({ path: `${directory}/ledger.duckdb` })).rejects.toMatchObject({
      code: 'ledger_not_permitted',
    })
  })
})

describe('a ledger', () => {
  test('whose process was killed has all that was appended', async () => {
    const path = temporaryPath()
    const writer = spawn(
      process.execPath,
      ['--conditions=@spanmeter/source', new URL('append-and-die.ts', import.meta.url).pathname, path],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    const [, signal] = await once(writer, 'exit')
    expect(signal).toBe('SIGKILL')
    const ledger = await openLedger({ path })
    expect(await ledger.total()).toEqual({ cost: '500', calls: 1000, unpriced_calls: 0 })
    await ledger.close()
  })

  test('that ran out of disk says so, keeps what it has, and goes on once there is space', async () => {
    // The file-size limit of a process stands for a full disk: both fail the write itself.
    const path = temporaryPath()
    const script = new URL('append-until-full.ts', import.meta.url).pathname
    const writer = spawn(
      'sh',
      [
        '-c',
        `ulimit -f 4096; trap '' XFSZ; exec "$@"`,
        'sh',
        process.execPath,
        '--conditions=@spanmeter/source',
        script,
        path,
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let output = ''
    writer.stdout.on('data', (chunk) => (output += chunk))
    await once(writer, 'close')
    const { appended, code } = JSON.parse(output)
    expect(code).toBe('ledger_disk_full')
    const ledger = await openLedger({ path })
    expect((await ledger.total()).calls).toBe(appended)
    await ledger.append([call({ cost: '1' })])
    expect((await ledger.total()).calls).toBe(appended + 1)
    await ledger.close()
  })

  test('that is closed refuses, and closes only once', async () => {
    const ledger = await temporaryLedger()
    await ledger.close()
    await ledger.close()
    await expect(ledger.total()).rejects.toMatchObject({ code: 'ledger_closed' })
    await expect(ledger.append([call()])).rejects.toMatchObject({ code: 'ledger_closed' })
  })

  test('has another revision after each change', async () => {
    const ledger = await temporaryLedger()
    const before = ledger.revision
    await ledger.view('spend')
    expect(ledger.revision).toBe(before)
    await ledger.append([call()])
    expect(ledger.revision).not.toBe(before)
  })
})

async function execute(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}
