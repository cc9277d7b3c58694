/** The floor: each frame goes to the others in the room as it comes; nothing is understood or kept. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const rooms = new Map();

sockets.on("connection", (socket, request) => {
  const name = (request.url ?? "").split("?", 1)[0];
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on("message", (data) => {
    for (const other of room) if (other !== socket) other.send(data);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(name);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
