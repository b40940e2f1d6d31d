import type { WriteStream } from 'node:tty';

/** A line at the end of a terminal. It is redrawn at least once a second; other lines may be printed above it. */
export class LiveLine {
  readonly #out: WriteStream;
  readonly #text: () => string;
  readonly #timer: NodeJS.Timeout;

  constructor(out: WriteStream, text: () => string) {
    this.#out = out;
    this.#text = text;
    this.#timer = setInterval(() => this.draw(), 1000);
    this.draw();
  }

  draw(): void {
    // Some terminals do not report their width. A wrapped line could not be redrawn.
    const width = (this.#out.columns || 80) - 1;
    this.#out.write(`${clear}${this.#text().slice(0, width)}`);
  }

  print(line: string): void {
    this.#out.write(`${clear}${line}\n`);
    this.draw();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#out.write(clear);
  }
}

/** Moves the cursor to the start of the line, and clears the line. */
const clear = '\r\x1b[2K';
