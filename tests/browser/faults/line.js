// The way between one browser and the server, with what goes wrong on it: cut, refused, slowed, signals lost, doubled or
// out of order. It also keeps a copy of all that came back.

import http from 'node:http';

const open = new Set();

export class Line {
  static async open(server) {
    const line = new Line(server);
    open.add(line);
    await new Promise((resolve) => line.listener.listen(0, '127.0.0.1', resolve));
    line.url = `http://127.0.0.1:${line.listener.address().port}`;
    return line;
  }

  constructor(server) {
    this.server = server;
    this.sockets = new Set();
    this.streams = new Set();
    /** Of every answer: {path, status, text()}. */
    this.answers = [];
    this.whole = true;
    /** Given a request, a status that is answered instead of the server's. */
    this.refuses = () => undefined;
    /** Given one event of a stream, the events that go on instead of it. */
    this.bends = (event) => [event];
    this.listener = http.createServer((request, answer) => this.pass(request, answer));
    this.listener.on('connection', (socket) => {
      if (!this.whole) { socket.destroy(); return; }
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** From now on nothing comes through, and what was on its way is gone. */
  cut() {
    this.whole = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend() { this.whole = true; }

  /** Ends the streams of signals that are open; browsers come back by themselves. */
  endStreams() { for (const answer of this.streams) answer.destroy(); }

  pass(request, answer) {
    const status = this.refuses(request);
    if (status) { answer.writeHead(status, { 'content-type': 'text/plain' }).end('refused on the way'); return; }
    const to = new URL(this.server.url);
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const on = http.request({ host: to.hostname, port: to.port, method: request.method, path: request.url, headers, agent: false }, (from) => {
      const kept = { method: request.method, path: request.url, status: from.statusCode, headers: from.rawHeaders.join('\n'), chunks: [], text: () => Buffer.concat(kept.chunks).toString('utf8') };
      this.answers.push(kept);
      const signals = from.headers['content-type']?.startsWith('text/event-stream');
      answer.writeHead(from.statusCode, from.rawHeaders);
      const write = signals ? this.signals(answer) : (chunk) => answer.write(chunk);
      from.on('data', (chunk) => { kept.chunks.push(chunk); write(chunk); });
      from.on('end', () => answer.end());
      from.on('error', () => answer.destroy());
    });
    on.on('error', () => answer.destroy());
    answer.on('close', () => on.destroy());
    request.pipe(on);
  }

  /** Takes a stream apart into its events. */
  signals(answer) {
    let rest = '';
    this.streams.add(answer);
    answer.on('close', () => this.streams.delete(answer));
    return (chunk) => {
      rest += chunk;
      const events = rest.split('\n\n');
      rest = events.pop();
      for (const event of events.flatMap((one) => this.bends(one))) answer.write(`${event}\n\n`);
    };
  }

  static async closeAll() { await Promise.all([...open].map((line) => line.close())); }

  async close() {
    open.delete(this);
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}
