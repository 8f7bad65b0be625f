import { encodeFrame, readFrames, TEXT } from './frames';

/** A frame as a server sends it: without a mask. */
function serverFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : payload.length < 2 ** 16
        ? Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
        : Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (payload.length >= 2 ** 16) header.writeUInt32BE(payload.length, 6);
  return Buffer.concat([header, payload]);
}

function read(data: Buffer): { texts: string[]; left: number } {
  const texts: string[] = [];
  const end = readFrames(data, (opcode, payload) => opcode === TEXT && texts.push(payload.toString()));
  return { texts, left: data.length - end };
}

describe('frames', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('are read with %d bytes', (length) => {
    const text = 'x'.repeat(length);
    expect(read(Buffer.concat([serverFrame(text), serverFrame('next')]))).toEqual({ texts: [text, 'next'], left: 0 });
  });

  it('are left alone until they are whole', () => {
    const frame = serverFrame('y'.repeat(200));
    for (let length = 0; length < frame.length; length++) {
      expect(read(frame.subarray(0, length))).toEqual({ texts: [], left: length });
    }
  });

  it.each([5, 125, 126, 4_000])('are masked with zeros, %d bytes', (length) => {
    const frame = encodeFrame('z'.repeat(length));
    const header = length > 125 ? 4 : 2;
    expect(frame.subarray(header, header + 4)).toEqual(Buffer.alloc(4));
    expect(frame[1]).toBe(0x80 | (length > 125 ? 126 : length));
    expect(frame.toString('utf8', header + 4)).toBe('z'.repeat(length));
  });
});
