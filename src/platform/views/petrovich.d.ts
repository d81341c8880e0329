declare module 'petrovich' {
  type Gender = 'male' | 'female' | 'androgynous';
  interface Name {
    gender: Gender;
    first: string;
    last: string;
    middle?: string;
  }
  interface Petrovich {
    (name: Name, grammaticalCase: string): Name;
    detect_gender(middleName: string): Gender;
  }
  const petrovich: Petrovich;
  export default petrovich;
}
