import { documentKind } from './document-kinds.js';
import { type Bearer, lastValidDay } from './expiry.js';
import {
  DocumentChanged,
  DocumentDuplicate,
  DocumentExpired,
  EsiaDocumentReadOnly,
  InvalidRequisites,
  OnePerPerson,
  SuppliedByEsia,
  TooManyFiles,
} from './personal-document.errors.js';
import { FilesOfDocumentChanged } from './personal-document.events.js';
import { type DocumentContent, PersonalDocument, type SuppliedDocument } from './personal-document.js';
import { type Requisites } from './requisite-reading.js';

const EARLIER = new Date('2026-11-21T09:00:00Z');
const NOW = new Date('2026-11-22T09:00:00Z');
const LATER = new Date('2026-11-23T09:00:00Z');
const BEARER: Bearer = { childId: null, today: '2026-11-22', birthDate: '1988-03-05' };
const PASSPORT = documentKind('RF_PASSPORT');
const FOREIGN = documentKind('RF_FOREIGN_PASSPORT');

const passport = (issueDate: string): Requisites => ({
  series: '4008',
  number: '123456',
  issueDate,
  issuedBy: 'ОВД',
  departmentCode: '780-099',
});
const foreign = (dates: { issueDate?: string; expiryDate: string }): Requisites => ({
  series: '99',
  number: '0000012',
  issueDate: '2022-03-01',
  issuedBy: 'ОВД',
  ...dates,
});
const content = (requisites: Requisites, numberFingerprint = 'f1'): DocumentContent => ({
  requisites,
  numberFingerprint,
});

const addPassport = (id = 'p1', fingerprint = 'f1') =>
  PersonalDocument.add(id, 'owner', PASSPORT, content(passport('2008-03-20'), fingerprint), BEARER, NOW);
const addForeign = (id: string, fingerprint: string) =>
  PersonalDocument.add(id, 'owner', FOREIGN, content(foreign({ expiryDate: '2032-03-01' }), fingerprint), BEARER, NOW);

const refusalOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (refusal) {
    return refusal;
  }
};

describe('last valid day of a passport of the RF', () => {
  it.each([
    ['2006-09-10', '2020-10-01', '2026-12-09'],
    ['2006-09-10', '2026-09-20', '2051-12-09'],
    ['2006-09-10', '2026-09-10', '2051-12-09'],
    ['1981-05-05', '2001-06-01', '2026-08-03'],
    ['1970-01-01', '2015-02-01', null],
    ['2004-02-29', '2018-03-05', '2024-05-29'],
    ['2007-02-28', '2021-03-05', '2027-05-29'],
    ['1980-02-29', '2000-03-05', '2025-05-30'],
  ])('born %s, issued %s: %s', (birthDate, issueDate, expected) => {
    expect(lastValidDay(PASSPORT, passport(issueDate), birthDate)).toBe(expected);
  });

  it('is not known without the day of issue, which ESIA may leave out', () =>
    expect(lastValidDay(PASSPORT, { series: '4008', number: '123456' }, '1988-03-05')).toBeNull());

  it('is not known without the birth date', () =>
    expect(lastValidDay(PASSPORT, passport('2008-03-20'), null)).toBeNull());
});

describe('adding a document', () => {
  it('takes one on its last valid day and refuses it the day after', () => {
    const add = (today: string) =>
      PersonalDocument.add(
        'd',
        'o',
        FOREIGN,
        content(foreign({ expiryDate: '2026-11-22' })),
        { ...BEARER, today },
        NOW,
      );
    expect(add('2026-11-22')).toMatchObject({ expiresOn: '2026-11-22' });
    expect(() => add('2026-11-23')).toThrow(DocumentExpired);
  });

  it('refuses a passport that had to be replaced at 20', () => {
    const bearer = { childId: null, today: '2026-12-10', birthDate: '2006-09-10' };
    expect(() => PersonalDocument.add('d', 'o', PASSPORT, content(passport('2020-10-01')), bearer, NOW)).toThrow(
      DocumentExpired,
    );
  });

  it.each<[string, Requisites, Record<string, string>]>([
    [
      'issued tomorrow',
      foreign({ issueDate: '2026-11-23', expiryDate: '2032-03-01' }),
      { issueDate: 'DATE_OUT_OF_RANGE' },
    ],
    [
      'issued before 1900',
      foreign({ issueDate: '1899-12-31', expiryDate: '2032-03-01' }),
      { issueDate: 'DATE_OUT_OF_RANGE' },
    ],
    [
      'ending on the day of issue',
      foreign({ issueDate: '2022-03-01', expiryDate: '2022-03-01' }),
      { expiryDate: 'DATE_OUT_OF_RANGE' },
    ],
  ])('refuses one %s', (_case, requisites, faults) => {
    expect(refusalOf(() => PersonalDocument.add('d', 'o', FOREIGN, content(requisites), BEARER, NOW))).toMatchObject({
      faults,
    });
  });

  it('refuses a passport issued before its owner was 14', () => {
    expect(() => PersonalDocument.add('d', 'o', PASSPORT, content(passport('2002-03-04')), BEARER, NOW)).toThrow(
      InvalidRequisites,
    );
  });
});

describe('a second document', () => {
  it('with the same number is refused', () => {
    expect(() => addForeign('d2', 'f1').refuseBeside([addForeign('d1', 'f1')], BEARER.today)).toThrow(
      DocumentDuplicate,
    );
  });

  it('of a kind one may have several of is taken', () => {
    expect(() => addForeign('d2', 'f2').refuseBeside([addForeign('d1', 'f1')], BEARER.today)).not.toThrow();
  });

  it('of a kind a person has one of is refused while the first is valid', () => {
    const first = addPassport('p1', 'f1');
    const second = addPassport('p2', 'f2');
    expect(() => second.refuseBeside([first], BEARER.today)).toThrow(OnePerPerson);
    expect(() => second.refuseBeside([first], '2033-06-04')).not.toThrow();
  });

  it('is not stopped by a removed one, another kind or itself', () => {
    const removed = addPassport('p1');
    removed.remove(NOW);
    const document = addPassport('p2');
    expect(() => document.refuseBeside([removed, addForeign('d1', 'f1'), document], BEARER.today)).not.toThrow();
  });
});

describe('changing a document', () => {
  it('takes new requisites and computes the last day anew', () => {
    const document = addPassport();
    document.change(content(passport('2008-03-21'), 'f9'), BEARER, 1, NOW);
    expect(document).toMatchObject({
      requisites: passport('2008-03-21'),
      numberFingerprint: 'f9',
      expiresOn: '2033-06-03',
    });
  });

  it('refuses a form opened before another change', () => {
    expect(() => addPassport().change(content(passport('2008-03-21')), BEARER, 7, NOW)).toThrow(DocumentChanged);
  });
});

describe('the history of a document', () => {
  const formerOf = (document: PersonalDocument) => (document as unknown as { history: unknown }).history;

  it('keeps what it said before each change, and by whom it was replaced', () => {
    const document = addPassport();
    document.change(content(passport('2008-03-21')), BEARER, 1, NOW);
    document.change(content(passport('2008-03-22')), BEARER, 1, LATER);
    expect(formerOf(document)).toEqual([
      { requisites: passport('2008-03-20'), replacedAt: NOW.toISOString(), by: 'OWNER' },
      { requisites: passport('2008-03-21'), replacedAt: LATER.toISOString(), by: 'OWNER' },
    ]);
  });

  it('does not grow by a change that changes nothing, nor by a refused one', () => {
    const document = addPassport();
    document.change(content(passport('2008-03-20')), BEARER, 1, NOW);
    expect(() => document.change(content(passport('2002-01-01')), BEARER, 1, NOW)).toThrow(InvalidRequisites);
    expect(formerOf(document)).toBeNull();
    expect(document).toMatchObject({ requisites: passport('2008-03-20') });
  });
});

describe('a child’s document', () => {
  const ofChild = (childId: string, birthDate = '2010-05-01'): Bearer => ({ ...BEARER, childId, birthDate });
  const addOfChild = (id: string, childId: string, fingerprint: string) =>
    PersonalDocument.add(id, 'owner', PASSPORT, content(passport('2024-06-01'), fingerprint), ofChild(childId), NOW);

  it('goes by the age of the child', () => {
    expect(addOfChild('c1', 'petr', 'f1')).toMatchObject({ child: 'petr', expiresOn: '2030-07-30' });
    const tooYoung = ofChild('petr', '2010-06-02');
    expect(() => PersonalDocument.add('c', 'o', PASSPORT, content(passport('2024-06-01')), tooYoung, NOW)).toThrow(
      InvalidRequisites,
    );
  });

  it('of a kind a person has one of stands beside the owner’s and another child’s, not beside the same child’s', () => {
    const first = addOfChild('c1', 'petr', 'f2');
    const others = [addPassport('p1', 'f1'), first];
    expect(() => addOfChild('c2', 'anna', 'f3').refuseBeside(others, BEARER.today)).not.toThrow();
    expect(() => addOfChild('c3', 'petr', 'f4').refuseBeside(others, BEARER.today)).toThrow(OnePerPerson);
  });

  it('with the number of the owner’s is a mistake', () => {
    expect(() => addOfChild('c1', 'petr', 'f1').refuseBeside([addPassport('p1', 'f1')], BEARER.today)).toThrow(
      DocumentDuplicate,
    );
  });

  it('is given to another child by a change', () => {
    const document = addOfChild('c1', 'petr', 'f1');
    document.change(content(passport('2024-06-01'), 'f1'), ofChild('anna', '2010-01-01'), 1, NOW);
    expect(document).toMatchObject({ child: 'anna', expiresOn: '2030-04-01' });
  });
});

describe('a document of ESIA', () => {
  const supplied = (changes: Partial<SuppliedDocument> = {}): SuppliedDocument => ({
    esiaId: '4411',
    kind: PASSPORT,
    childId: null,
    verified: true,
    content: content(passport('2008-03-20')),
    ...changes,
  });
  const mirror = (one = supplied(), birthDate: string | null = '1988-03-05') =>
    PersonalDocument.mirror('m1', 'owner', one, birthDate, NOW, NOW);

  it('is shown as ESIA has it, expired or not', () => {
    expect(mirror()).toMatchObject({ isOfEsia: true, verified: true, confirmedAt: NOW, expiresOn: '2033-06-03' });
    expect(mirror(supplied({ content: content(passport('2020-10-01')) }), '1981-05-05')).toMatchObject({
      expiresOn: '2026-08-03',
    });
  });

  it('is nothing its owner may change, remove or restore', () => {
    const document = mirror();
    expect(() => document.change(content(passport('2008-03-21')), BEARER, 1, NOW)).toThrow(EsiaDocumentReadOnly);
    expect(() => document.remove(NOW)).toThrow(EsiaDocumentReadOnly);
    expect(() => document.restore()).toThrow(EsiaDocumentReadOnly);
    document.attach(['scan'], NOW);
    expect(document.files).toEqual(['scan']);
  });

  it('follows ESIA and keeps what it said before', () => {
    const document = mirror();
    const renewed = supplied({ esiaId: '4499', verified: false, content: content(passport('2026-01-15'), 'f2') });
    document.confirm(renewed, '1988-03-05', LATER, LATER);
    document.confirm(renewed, '1988-03-05', LATER, LATER);
    expect(document).toMatchObject({
      requisites: passport('2026-01-15'),
      numberFingerprint: 'f2',
      esiaId: '4499',
      verified: false,
      confirmedAt: LATER,
      history: [{ requisites: passport('2008-03-20'), by: 'ESIA' }],
    });
  });

  it('vanishes with the one at ESIA and comes back with it', () => {
    const document = mirror();
    document.vanish(NOW);
    document.vanish(LATER);
    expect(document).toMatchObject({ isRemoved: true, removedAt: NOW });
    document.confirm(supplied(), '1988-03-05', LATER, LATER);
    expect(document).toMatchObject({ isRemoved: false, history: null });
  });

  it('rules out a copy typed after it, not the one that was there before', () => {
    const typed = (addedAt: Date) =>
      PersonalDocument.add('p9', 'owner', PASSPORT, content(passport('2008-03-20')), BEARER, addedAt);
    expect(() => typed(LATER).refuseBeside([mirror()], BEARER.today)).toThrow(SuppliedByEsia);
    expect(() => typed(EARLIER).refuseBeside([mirror()], BEARER.today)).not.toThrow();
  });
});

describe('files of a document', () => {
  it('are attached once and no more than ten', () => {
    const document = addPassport();
    document.attach(['a', 'b'], NOW);
    document.attach(['b', 'c'], NOW);
    expect(document.files).toEqual(['a', 'b', 'c']);
    document.attach(['1', '2', '3', '4', '5', '6', '7'], NOW);
    expect(() => document.attach(['8'], NOW)).toThrow(TooManyFiles);
    expect(document.files).toHaveLength(10);
  });

  it('can be taken off, twice as well as once', () => {
    const document = addPassport();
    document.attach(['a', 'b'], NOW);
    document.detach('a', NOW);
    document.detach('a', NOW);
    expect(document.files).toEqual(['b']);
  });

  it('are told of when they become others, and only then', () => {
    const document = addPassport();
    const told = () => document.pullEvents().filter((event) => event instanceof FilesOfDocumentChanged);
    document.attach(['a'], NOW);
    expect(told()).toEqual([new FilesOfDocumentChanged('p1')]);
    document.attach(['a'], NOW);
    expect(told()).toEqual([]);
    document.detach('a', NOW);
    expect(told()).toEqual([new FilesOfDocumentChanged('p1')]);
    document.detach('a', NOW);
    expect(told()).toEqual([]);
  });
});

describe('removal', () => {
  it('can be undone, and repeating it keeps its first time', () => {
    const document = addPassport();
    document.remove(NOW);
    document.remove(new Date('2026-12-01T00:00:00Z'));
    expect(document).toMatchObject({ isRemoved: true, removedAt: NOW });
    document.restore();
    expect(document.isRemoved).toBe(false);
  });
});
