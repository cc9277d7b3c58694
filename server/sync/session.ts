import type { Principal } from "../auth/principal.ts";
import type { CloseName } from "#shared/wire/close.ts";
import type { Connection } from "./connection.ts";
import type { Meter } from "./meter.ts";

/** What a session needs of its websocket. */
export interface Line {
  readonly open: boolean;
  /** Bytes handed over and not yet taken by the network. */
  readonly buffered: number;
  close(name: CloseName): void;
  cut(): void;
  /** Pings when it is time; false when nothing was heard for `silence` milliseconds. */
  beat(now: number, heartbeat: number, silence: number): boolean;
}

/** A websocket of somebody who is signed in, with the rooms they have open on it. */
export class Session {
  readonly principal: Principal;
  readonly socket: Line;
  readonly meter: Meter;
  readonly connections = new Set<Connection>();

  constructor(principal: Principal, socket: Line, meter: Meter) {
    this.principal = principal;
    this.socket = socket;
    this.meter = meter;
  }

  /** Closes every room and then the websocket. */
  close(name: CloseName): void {
    // A server that drains still writes what has come; whoever may no longer write does not.
    if (name === "draining") this.leaveRooms();
    else for (const connection of this.connections) connection.close(name);
    this.socket.close(name);
  }

  /** The websocket has ended. */
  leaveRooms(): void {
    for (const connection of this.connections) connection.ended();
  }
}
