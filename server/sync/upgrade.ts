import type { IncomingMessage, Server } from "node:http";
import { Socket as NetSocket } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { WebSocket, WebSocketServer } from "ws";
import { CLOSE, type CloseName } from "#shared/wire/close.ts";
import type { Authenticate, Principal } from "../auth/principal.ts";
import type { Signals } from "../bus/signals.ts";
import type { SyncLimits } from "../limits.ts";
import { Admission } from "./admission.ts";
import type { Hub } from "./hub.ts";
import { Meter, Meters } from "./meter.ts";
import type { SyncMetrics } from "./metrics.ts";
import { Mux, NEWS } from "./mux.ts";
import { addressOf, isOwnOrigin } from "./origin.ts";
import { Session } from "./session.ts";
import { Socket } from "./socket.ts";
import type { Transport } from "./transport.ts";
import { pause } from "./wait.ts";

export type UpgradeOptions = {
  readonly hub: Hub;
  readonly authenticate: Authenticate;
  readonly limits: SyncLimits;
  readonly publicUrl: string | null;
  readonly logger: Logger;
  readonly metrics: SyncMetrics;
  readonly signals: Signals | undefined;
};

const MUX_PATH = "/sync";
const ROOM_PATH = "/sync/";
const MESSAGE_TOO_BIG = 1009;
/** What an envelope adds to the frame in it. */
const ENVELOPE_BYTES = 64;

/** ws closes for a frame above its limit with a code on which clients come back and send it again. */
class SyncWebSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === MESSAGE_TOO_BIG) super.close(CLOSE["too-large"], "too-large");
    else super.close(code, reason);
  }
}

/**
 * Takes websockets at `/sync` and `/sync/<room>`. An upgrade is always accepted and then closed with
 * the code that says why, because browsers cannot see the status of a refused one.
 */
export class Upgrades {
  readonly #options: UpgradeOptions;
  readonly #sockets: WebSocketServer;
  readonly #people: Admission;
  readonly #addresses: Admission;
  readonly #meters = new Meters();

  constructor(options: UpgradeOptions) {
    const { limits, hub } = options;
    this.#options = options;
    this.#people = new Admission(limits.connectionsPerUser);
    this.#addresses = new Admission(limits.connectionsPerAddress);
    const settings = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.frameBytes + ENVELOPE_BYTES,
      closeTimeout: hub.timings.closing,
      WebSocket: SyncWebSocket,
    };
    this.#sockets = new WebSocketServer(settings);
  }

  /** Serves this server's upgrades; those to other paths are left to whoever else listens. */
  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      if (path !== MUX_PATH && !path.startsWith(ROOM_PATH)) {
        if (server.listenerCount("upgrade") === 1) duplex.end("HTTP/1.1 404 Not Found\r\n\r\n");
        return;
      }
      // ws listens for errors too, but not before the handshake is done.
      duplex.on("error", destroy);
      this.#sockets.handleUpgrade(request, duplex, head, (ws) => {
        if (!(duplex instanceof NetSocket))
          throw new Error("a websocket came over something that is no socket");
        void this.#accept(new Socket(ws, duplex), request);
      });
    });
  }

  async #accept(socket: Socket, request: IncomingMessage): Promise<void> {
    socket.hold();
    const late = setTimeout(() => this.#refuse(socket, "unavailable"), this.#options.hub.timings.opening);
    try {
      const leave = this.#addresses.enter(addressOf(request, this.#options.publicUrl));
      if (!leave) {
        this.#refuse(socket, "too-many-connections");
        return;
      }
      socket.onEnd(leave);
      const principal = await this.#identify(request);
      if (typeof principal === "string") this.#refuse(socket, principal);
      else if (socket.open) await this.#enter(socket, principal, request.url ?? "");
    } catch (error) {
      this.#options.logger.error({ err: error }, "a websocket could not be opened");
      this.#refuse(socket, "internal");
    } finally {
      clearTimeout(late);
    }
  }

  /** Who it is, or why they may not come in. Asked again when rights changed meanwhile. */
  async #identify(request: IncomingMessage): Promise<Principal | CloseName> {
    const { hub, authenticate, publicUrl } = this.#options;
    for (;;) {
      if (hub.draining) return "draining";
      const { rights } = hub;
      const principal = await authenticate(request);
      if (rights !== hub.rights) continue;
      if (!principal) return "not-signed-in";
      // A token is not sent by a page that does not have it; a cookie is.
      if (principal.via === "session" && !isOwnOrigin(request, publicUrl)) return "forbidden";
      return principal;
    }
  }

  async #enter(socket: Socket, principal: Principal, url: string): Promise<void> {
    const { hub, limits } = this.#options;
    const leave = this.#people.enter(principal.id);
    if (!leave) {
      this.#refuse(socket, "too-many-connections");
      return;
    }
    const meter = new Meter(limits, this.#meters.enter(principal.id, limits));
    const session = new Session(principal, socket, meter);
    hub.enter(session);
    socket.onEnd(() => {
      leave();
      this.#meters.leave(principal.id);
      hub.leave(session);
    });
    const wait = meter.delay();
    if (wait > 0) await pause(wait);
    const path = url.split("?", 1)[0] ?? "";
    if (path === MUX_PATH) this.#serveMux(session, socket);
    else await this.#serveRoom(session, socket, url.slice(ROOM_PATH.length));
  }

  #serveMux(session: Session, socket: Socket): void {
    const { hub, limits, signals } = this.#options;
    let told = false;
    const onNews = (): void => {
      if (told || !signals) return;
      told = true;
      socket.onEnd(signals.listen(session.principal.id, () => socket.send([NEWS])));
    };
    const mux = new Mux(
      socket,
      (address, transport) => hub.openRoom(session, address, transport),
      limits.roomsPerConnection,
      onNews,
    );
    this.#listen(session, socket, (frame) => {
      if (!mux.receive(frame)) this.#endBad(session);
    });
  }

  async #serveRoom(session: Session, socket: Socket, address: string): Promise<void> {
    const connection = await this.#options.hub.openRoom(session, address, toTransport(socket));
    if (typeof connection === "string") this.#end(session, connection);
    else this.#listen(session, socket, (frame) => connection.receive(frame));
  }

  #listen(session: Session, socket: Socket, take: (frame: Uint8Array) => void): void {
    socket.listen((message) => {
      if (message === "text") this.#endBad(session);
      else if (!session.meter.takeBytes(message.length)) this.#end(session, "rate-limited");
      else take(message);
    });
  }

  #endBad(session: Session): void {
    session.meter.refused();
    this.#end(session, "bad-frame");
  }

  #end(session: Session, name: CloseName): void {
    this.#options.metrics.closed(name);
    session.close(name);
  }

  #refuse(socket: Socket, name: CloseName): void {
    this.#options.metrics.closed(name);
    socket.close(name);
  }
}

/** No closure: that would keep the request of each socket in memory as long as the socket. */
function destroy(this: Duplex): void {
  this.destroy();
}

/** A websocket that is one room's alone. */
function toTransport(socket: Socket): Transport {
  return {
    send: (message) => socket.send([message]),
    deliver: (parcel) => socket.write(parcel.frames),
    close: (name) => socket.close(name),
    buffered: () => socket.buffered,
  };
}
