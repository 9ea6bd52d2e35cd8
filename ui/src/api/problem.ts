// What can go wrong with a request, as two types: the server said no (Problem), or nobody answered
// (NoNetwork). A screen shows the first beside the fields it names; the second means "later".

export interface Fault {
  where: string; // JSON pointer into what was sent, "/email"
  message: string; // one plain sentence from the server
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  problems?: Fault[];
}

export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly faults: Fault[];

  constructor(status: number, document: ProblemDocument) {
    super(document.detail ?? document.title ?? `${status}`);
    this.name = 'Problem';
    this.status = status;
    this.title = document.title ?? '';
    this.faults = Array.isArray(document.problems) ? document.problems : [];
  }

  /**
   * The messages of one field, in the order the server gave them. A pointer may begin at the
   * request (`/body/email`) or at its body (`/email`).
   */
  at(pointer: string): string[] {
    return this.faults
      .filter(({ where }) => where === pointer || where === `/body${pointer}`)
      .map(({ message }) => message);
  }
}

export class NoNetwork extends Error {
  constructor() {
    super('no network');
    this.name = 'NoNetwork';
  }
}
