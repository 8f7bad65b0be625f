/** What clients say to the servers that are measured. All but one speak Socket.IO over Engine.IO. */
export interface Dialect {
  /** Whether a client opens the default namespace first and answers pings. */
  readonly socketIo: boolean;
  path(room: string): string;
  /** Packet that enters the room, to be acknowledged as 0. Without it, the path says enough. */
  join?(room: string): string;
  /** @param acknowledgement number under which the server acknowledges it. */
  message(room: string, acknowledgement: number, id: string, text: string): string;
}

/** Websocket from the start, as the page of ours does it. */
const engineIo = { socketIo: true, path: () => '/socket.io/?EIO=4&transport=websocket' };

const event = (acknowledgement: number, name: string, body: object): string =>
  `42${acknowledgement}${JSON.stringify([name, body])}`;

export const DIALECTS = {
  slipway: {
    ...engineIo,
    join: (room) => event(0, 'room:join', { room }),
    message: (room, acknowledgement, id, text) => event(acknowledgement, 'message:send', { room, id, text }),
  },
  plain: {
    ...engineIo,
    join: (room) => event(0, 'join', { room }),
    message: (room, acknowledgement, id, text) => event(acknowledgement, 'message', { room, id, text }),
  },
  raw: {
    socketIo: false,
    path: (room) => `/?room=${room}`,
    message: (_room, _acknowledgement, id, text) => JSON.stringify({ id, text }),
  },
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
