/** The y-websocket server as it is published; it reads HOST and PORT. */
import "@y/websocket-server/server";
