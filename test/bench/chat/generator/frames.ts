/** WebSocket frames (RFC 6455), as far as a load of short texts needs them. */

export const TEXT = 1;
export const CLOSE = 8;

/** A text as a client sends it. The mask is zero, which the protocol allows: the server has the same work, we have none. */
export function encodeFrame(text: string, opcode = TEXT): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 0xffff) throw new Error(`frame of ${length} bytes; expected at most 65535`);
  const extended = length > 125;
  const frame = Buffer.alloc((extended ? 8 : 6) + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (extended ? 126 : length);
  if (extended) frame.writeUInt16BE(length, 2);
  frame.write(text, frame.length - length);
  return frame;
}

/**
 * Hands over every whole frame that a server sent.
 * @returns how many bytes were read; what follows is the beginning of a frame.
 */
export function readFrames(data: Buffer, onFrame: (opcode: number, payload: Buffer) => void): number {
  let read = 0;
  while (data.length - read >= 2) {
    const short = (data[read + 1] as number) & 0x7f;
    const header = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (data.length - read < header) break;
    const length = header === 2 ? short : header === 4 ? data.readUInt16BE(read + 2) : data.readUInt32BE(read + 6);
    const end = read + header + length;
    if (data.length < end) break;
    onFrame((data[read] as number) & 0x0f, data.subarray(read + header, end));
    read = end;
  }
  return read;
}
