import type { Duplex } from 'node:stream'
import { checkFrame, protocolError } from './check-frame.ts'
import { CONNECTION_WINDOW, connectionPreface, STREAM_WINDOW } from './connection-preface.ts'
import { FloodGuard } from './flood-guard.ts'
import { FrameReader } from './frame-reader.ts'
import {
  ErrorCode,
  encodeFrame,
  encodeGoAway,
  encodeNumberFrame,
  Flag,
  type Frame,
  FrameType,
  Http2Error,
  LARGEST_WINDOW,
} from './frames.ts'
import { HeaderBlock } from './header-block.ts'
import { HeaderDecoder } from './header-decoder.ts'
import type { HeaderField } from './header-table.ts'
import { PeerSettings } from './peer-settings.ts'
import { RecentIds } from './recent-ids.ts'
import { Sender } from './sender.ts'
import type { Http2Stream, Outgoing } from './stream.ts'

/** How long the peer gets to close the connection itself. */
const GOODBYE_MS = 200

/**
 * An HTTP/2 connection: frames, settings, windows and streams, for both ends; subclasses define requests and responses. It can
 * only do what unary gRPC needs, in half the time of `node:http2`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113
 */
export abstract class Http2Connection<Stream extends Http2Stream> {
  protected readonly socket: Duplex
  protected readonly streams: Map<number, Stream> = new Map()
  protected readonly peer: PeerSettings = new PeerSettings()
  /** Only servers have one, as they can't choose their peers. */
  protected readonly floodGuard: FloodGuard | undefined
  /** The highest id of all streams so far. */
  protected lastStreamId = 0
  readonly #sender: Sender
  readonly #reader: FrameReader
  readonly #decoder = new HeaderDecoder()
  readonly #headerBlock = new HeaderBlock()
  /** Streams that we have reset: frames that were on their way may still come in. */
  readonly #resets = new RecentIds()
  #receivedBytes = 0
  #hasSettings = false
  #isClosed = false

  constructor(socket: Duplex, role: 'server' | 'client') {
    this.socket = socket
    this.floodGuard = role === 'server' ? new FloodGuard() : undefined
    this.#sender = new Sender(socket, this.peer, ({ id, isRemoteClosed }) => {
      if (isRemoteClosed) this.streams.delete(id)
    })
    this.#reader = new FrameReader({
      frame: (frame) => {
        try {
          this.#frame(frame)
        } catch (error) {
          this.#streamError(error as Error)
        }
      },
      data: (streamId, content, isEnd) => {
        try {
          this.#data(streamId, content, content.byteLength, isEnd)
        } catch (error) {
          this.#streamError(error as Error)
        }
      },
    })
    let failure = new Error('the connection was closed')
    socket.on('error', (error) => {
      failure = error
    })
    socket.on('close', () => {
      this.#isClosed = true
      this.#abortAll(failure)
      this.onClosed()
    })
    socket.write(connectionPreface(role))
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.socket.writable
  }

  /** Handles bytes that the socket has read. */
  receive(bytes: Buffer): void {
    if (this.#isClosed) return
    try {
      this.read(bytes)
    } catch (error) {
      this.socket.pause()
      this.goAway(error instanceof Http2Error ? error.code : ErrorCode.internal)
      this.#abortAll(error as Error)
    }
  }

  destroy(): void {
    this.socket.destroy()
  }

  protected abstract onSettings(isFirst: boolean): void
  /** Called for headers of an unknown stream. @param fields `undefined` if they are too long. @throws Http2Error */
  protected abstract onOpen(id: number, fields: readonly HeaderField[] | undefined, isEnd: boolean): void
  protected abstract onRemoteEnd(stream: Stream): void
  /** The peer takes no more streams, and has ignored those above this one. */
  protected abstract onGoAway(lastStreamId: number): void
  protected abstract onClosed(): void

  protected read(bytes: Buffer): void {
    this.#reader.push(bytes)
  }

  /** @param block encoded headers. Without `outgoing`, they end the stream. */
  protected send(stream: Stream, block: Buffer, outgoing: Outgoing | undefined): void {
    this.#sender.send(stream, block, outgoing)
  }

  /** Ends the stream from our side; what was not sent yet is not sent any more. */
  protected resetStream(id: number, code: number): void {
    const stream = this.streams.get(id)
    this.streams.delete(id)
    this.#resets.add(id)
    if (stream !== undefined) stream.outgoing = undefined
    if (this.isOpen) this.socket.write(encodeNumberFrame(FrameType.resetStream, id, code))
    if (stream !== undefined) this.#flush(stream)
  }

  /** Closes the connection after everything has been sent. */
  protected goAway(code: number): void {
    this.#isClosed = true
    if (this.socket.writable) this.socket.end(encodeGoAway(this.lastStreamId, code))
    const patience = code === ErrorCode.enhanceYourCalm ? 0 : GOODBYE_MS
    setTimeout(() => this.socket.destroy(), patience).unref()
  }

  protected isIdle(id: number): boolean {
    return id > this.lastStreamId
  }

  #frame(frame: Frame): void {
    if (!this.#hasSettings && frame.type !== FrameType.settings) throw protocolError('no settings')
    if (this.#headerBlock.isOpen !== (frame.type === FrameType.continuation))
      throw protocolError('continuation')
    if (frame.type === FrameType.data) this.#paddedData(frame)
    else if (frame.type === FrameType.headers) this.#headers(frame)
    else this.#otherFrame(frame)
  }

  #otherFrame(frame: Frame): void {
    this.floodGuard?.note()
    checkFrame(frame)
    switch (frame.type) {
      case FrameType.continuation:
        this.#headerBlock.append(frame)
        this.#headersEnd(frame)
        break
      case FrameType.resetStream:
        this.#reset(frame)
        break
      case FrameType.settings:
        if ((frame.flags & Flag.ack) === 0) this.#settings(frame)
        break
      case FrameType.ping:
        if ((frame.flags & Flag.ack) !== 0) break
        this.socket.write(encodeFrame(FrameType.ping, Flag.ack, 0, frame.payload))
        break
      case FrameType.goAway:
        this.onGoAway(frame.payload.readUInt32BE(0) & LARGEST_WINDOW)
        break
      case FrameType.windowUpdate:
        this.#windowUpdate(frame)
        break
    }
  }

  #paddedData({ streamId, flags, payload }: Frame): void {
    const padding = payload[0] ?? 0
    if (padding >= payload.byteLength) throw protocolError('padding')
    const content = payload.subarray(1, payload.byteLength - padding)
    this.#data(streamId, content, payload.byteLength, (flags & Flag.endStream) !== 0)
  }

  #data(id: number, content: Buffer, windowBytes: number, isEnd: boolean): void {
    if (!this.#hasSettings || this.#headerBlock.isOpen || id === 0 || this.isIdle(id))
      throw protocolError('DATA')
    if (content.byteLength === 0 && !isEnd) this.floodGuard?.note()
    this.#receivedBytes += windowBytes
    if (this.#receivedBytes > CONNECTION_WINDOW)
      throw new Http2Error(ErrorCode.flowControl, 'connection window')
    if (this.#receivedBytes >= CONNECTION_WINDOW / 2) {
      this.socket.write(encodeNumberFrame(FrameType.windowUpdate, 0, this.#receivedBytes))
      this.#receivedBytes = 0
    }
    const stream = this.streams.get(id)
    if (stream === undefined || stream.isRemoteClosed) {
      if (this.#resets.has(id)) return
      this.floodGuard?.note()
      throw new Http2Error(ErrorCode.streamClosed, 'DATA after its end', id)
    }
    stream.receivedBytes += windowBytes
    if (stream.receivedBytes > STREAM_WINDOW) throw new Http2Error(ErrorCode.flowControl, 'stream window', id)
    if (!isEnd && stream.receivedBytes >= STREAM_WINDOW / 2) {
      this.socket.write(encodeNumberFrame(FrameType.windowUpdate, id, stream.receivedBytes))
      stream.receivedBytes = 0
    }
    if (content.byteLength > 0) stream.onData(content)
    if (isEnd) this.#remoteEnd(stream)
  }

  #headers(frame: Frame): void {
    this.#headerBlock.begin(frame)
    this.#headersEnd(frame)
  }

  #headersEnd({ flags }: Frame): void {
    if ((flags & Flag.endHeaders) === 0) return
    const { streamId, block, isEnd, isSelfDependent } = this.#headerBlock.finish()
    const fields = this.#decoder.decode(block)
    if (isSelfDependent) throw new Http2Error(ErrorCode.protocol, 'depends on itself', streamId)
    const stream = this.streams.get(streamId)
    if (stream === undefined) {
      if (!this.#resets.has(streamId)) this.onOpen(streamId, fields, isEnd)
      return
    }
    if (stream.isRemoteClosed) throw new Http2Error(ErrorCode.streamClosed, 'HEADERS after its end', streamId)
    if (fields === undefined) throw new Http2Error(ErrorCode.enhanceYourCalm, 'headers too long', streamId)
    stream.onHeaders(fields, isEnd)
    if (isEnd) this.#remoteEnd(stream)
  }

  #remoteEnd(stream: Stream): void {
    stream.isRemoteClosed = true
    if (stream.isLocalClosed) this.streams.delete(stream.id)
    stream.onEnd()
    this.onRemoteEnd(stream)
  }

  #reset({ streamId, payload }: Frame): void {
    if (this.isIdle(streamId)) throw protocolError('RST_STREAM of no stream')
    const stream = this.streams.get(streamId)
    if (stream === undefined) return
    this.streams.delete(streamId)
    stream.outgoing = undefined
    this.#flush(stream)
    const code = payload.readUInt32BE(0)
    stream.onAbort(new Http2Error(code, `the peer has reset the stream, code ${code}`))
  }

  #settings({ payload }: Frame): void {
    const change = this.peer.read(payload)
    for (const stream of this.streams.values()) {
      stream.sendWindow += change
      if (stream.sendWindow > LARGEST_WINDOW) throw new Http2Error(ErrorCode.flowControl, 'window too large')
    }
    this.socket.write(encodeFrame(FrameType.settings, Flag.ack, 0))
    const isFirst = !this.#hasSettings
    this.#hasSettings = true
    this.onSettings(isFirst)
    this.#sender.resume(this.streams.values())
  }

  #windowUpdate({ streamId, payload }: Frame): void {
    if (streamId !== 0 && this.isIdle(streamId)) throw protocolError('WINDOW_UPDATE of no stream')
    const increment = payload.readUInt32BE(0) & LARGEST_WINDOW
    const ofStream = streamId === 0 ? undefined : streamId
    if (increment === 0) throw new Http2Error(ErrorCode.protocol, 'WINDOW_UPDATE of nothing', ofStream)
    const stream = this.streams.get(streamId)
    if (streamId !== 0 && stream === undefined) return
    const holder = stream ?? this.#sender
    holder.sendWindow += increment
    if (holder.sendWindow > LARGEST_WINDOW) {
      throw new Http2Error(ErrorCode.flowControl, 'window too large', ofStream)
    }
    this.#sender.resume(stream === undefined ? this.streams.values() : [stream])
  }

  /** Resets the stream that an error is about. @throws errors that are about the whole connection. */
  #streamError(error: Error): void {
    if (!(error instanceof Http2Error) || error.streamId === undefined) throw error
    const stream = this.streams.get(error.streamId)
    this.resetStream(error.streamId, error.code)
    stream?.onAbort(error)
  }

  /** Tells a stream when none of its bytes waits to be written any more. */
  #flush(stream: Stream): void {
    if (this.socket.destroyed || this.socket.writableLength === 0) stream.onFlushed()
    else this.socket.write('', () => stream.onFlushed())
  }

  #abortAll(error: Error): void {
    const streams = [...this.streams.values()]
    this.streams.clear()
    for (const stream of streams) {
      stream.outgoing = undefined
      this.#flush(stream)
      stream.onAbort(error)
    }
  }
}
