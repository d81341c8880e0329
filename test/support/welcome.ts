/** What `npm start` prints when all is ready, read as a person reads it. */
export interface Welcome {
  /** Pages to open in a browser. */
  readonly pages: readonly string[];
  /** Addresses of the other protocols. */
  readonly sockets: readonly { readonly protocol: string; readonly port: number }[];
  readonly citizens: readonly PrintedPerson[];
  readonly staff: readonly PrintedPerson[];
}

export interface PrintedPerson {
  readonly login: string;
  readonly password: string;
  /** The words after the login. */
  readonly about: string;
}

export function readWelcome(output: string): Welcome {
  const [citizens = '', staff = ''] = output.slice(output.indexOf('\nCitizens')).split('\nStaff');
  return {
    pages: [...new Set(output.match(/http:\/\/localhost:\d+[\w/-]*/g))],
    sockets: [...output.matchAll(/(smpp|smtp):\/\/localhost:(\d+)/g)].map(([, protocol, port]) => ({
      protocol: protocol!,
      port: Number(port),
    })),
    citizens: peopleIn(citizens),
    staff: peopleIn(staff),
  };
}

const peopleIn = (text: string): readonly PrintedPerson[] => {
  const password = /password ([\w-]+)/.exec(text)?.[1] ?? '';
  return [...text.matchAll(/^ {2}(\S+@\S+) +(?:\+\d+ +)?(.+)$/gm)].map(([, login, about]) => ({
    login: login!,
    password,
    about: about!,
  }));
};
