import { type EsiaOrganization, type EsiaPerson } from './person.js';

// Every person, number and address below is invented. Check digits are right, so that validators accept them.
const PASSWORD = 'Sample-2026';

const DAY = 86_400_000;
const MOSCOW = 3 * 3_600_000;

/** That many days from today in Moscow, as ESIA writes days. */
const inDays = (days: number): string =>
  new Date(Date.now() + MOSCOW + days * DAY).toISOString().slice(0, 10).split('-').reverse().join('.');

const nevskaya = (): EsiaPerson => ({
  oid: 1000000001,
  login: { password: PASSWORD },
  trusted: true,
  firstName: 'Мария',
  lastName: 'Невская',
  middleName: 'Петровна',
  birthDate: '05.03.1988',
  birthPlace: 'гор. Ленинград',
  gender: 'F',
  citizenship: 'RUS',
  snils: '112-233-445 95',
  inn: '781000001239',
  rIdDoc: 4411,
  updatedOn: 1790000000,
  contacts: [
    { id: 101, type: 'MBT', value: '+7(921)0000006', vrfStu: 'VERIFIED' },
    { id: 102, type: 'EML', value: 'maria.nevskaya@example.ru', vrfStu: 'VERIFIED' },
    { id: 103, type: 'PHN', value: '+7(812)0000001', vrfStu: 'NOT_VERIFIED' },
  ],
  addresses: [
    {
      id: 201,
      type: 'PRG',
      addressStr: 'г. Санкт-Петербург, Примерный проспект, д. 5, кв. 12',
      zipCode: '190000',
      countryId: 'RUS',
      region: 'Санкт-Петербург',
      street: 'Примерный проспект',
      house: '5',
      flat: '12',
    },
    {
      id: 202,
      type: 'PLV',
      addressStr: 'г. Санкт-Петербург, Образцовая улица, д. 7, кв. 30',
      zipCode: '190001',
      countryId: 'RUS',
      region: 'Санкт-Петербург',
      street: 'Образцовая улица',
      house: '7',
      flat: '30',
    },
  ],
  documents: [
    {
      id: 4411,
      type: 'RF_PASSPORT',
      vrfStu: 'VERIFIED',
      series: '4008',
      number: '123456',
      issueDate: '20.03.2008',
      issueId: '780001',
      issuedBy: 'ТП № 1 ОУФМС по Санкт-Петербургу',
    },
    {
      id: 4412,
      type: 'RF_DRIVING_LICENSE',
      vrfStu: 'VERIFIED',
      series: '9900',
      number: '000001',
      issueDate: '20.05.2021',
      expiryDate: '20.05.2031',
    },
    { id: 4413, type: 'MDCL_PLCY', vrfStu: 'VERIFIED', number: '7800000000000015' },
    {
      id: 4414,
      type: 'FRGN_PASS',
      vrfStu: 'VERIFIED',
      series: '75',
      number: '0000001',
      issueDate: '01.03.2022',
      expiryDate: '01.03.2032',
      issuedBy: 'МВД 78001',
      latinFirstName: 'MARIIA',
      latinLastName: 'NEVSKAIA',
    },
  ],
  kids: [
    {
      oid: 1000000101,
      firstName: 'Пётр',
      lastName: 'Невский',
      middleName: 'Андреевич',
      birthDate: '15.05.2020',
      gender: 'M',
      snils: '900-000-001 82',
      inn: '780000012366',
      documents: [
        {
          id: 5101,
          type: 'RF_BRTH_CERT',
          vrfStu: 'VERIFIED',
          series: 'IV-АК',
          number: '000123',
          issueDate: '25.05.2020',
          issuedBy: 'Отдел ЗАГС Невского района (пример)',
          actNo: '1234',
          actDate: '25.05.2020',
        },
        { id: 5102, type: 'MDCL_PLCY', vrfStu: 'VERIFIED', number: '7800000000123452' },
      ],
    },
    {
      oid: 1000000102,
      firstName: 'Анна',
      lastName: 'Невская',
      middleName: 'Андреевна',
      birthDate: '02.09.2022',
      gender: 'F',
      snils: '928-015-710 00',
      documents: [
        {
          id: 5201,
          type: 'RF_BRTH_CERT',
          vrfStu: 'VERIFIED',
          series: 'V-МЮ',
          number: '654321',
          issueDate: '12.09.2022',
          issuedBy: 'Отдел ЗАГС Невского района (пример)',
        },
      ],
    },
  ],
  roles: [],
});

const sadovy = (): EsiaPerson => ({
  oid: 1000000002,
  login: { password: PASSWORD },
  trusted: false,
  firstName: 'Игорь',
  lastName: 'Садовый',
  middleName: 'Андреевич',
  birthDate: '11.07.1979',
  birthPlace: 'гор. Ленинград',
  gender: 'M',
  citizenship: 'RUS',
  snils: '912-345-678 00',
  inn: '780000045650',
  rIdDoc: 4421,
  updatedOn: 1790000000,
  contacts: [
    { id: 111, type: 'MBT', value: '+7(921)0000014', vrfStu: 'VERIFIED' },
    { id: 112, type: 'EML', value: 'igor.sadovy@example.ru', vrfStu: 'VERIFIED' },
  ],
  addresses: [
    {
      id: 211,
      type: 'PRG',
      addressStr: 'г. Санкт-Петербург, Условный переулок, д. 4, кв. 8',
      zipCode: '190002',
      countryId: 'RUS',
      region: 'Санкт-Петербург',
      street: 'Условный переулок',
      house: '4',
      flat: '8',
    },
  ],
  documents: [
    {
      id: 4421,
      type: 'RF_PASSPORT',
      vrfStu: 'VERIFIED',
      series: '4024',
      number: '654321',
      issueDate: '01.08.2024',
      issueId: '780002',
      issuedBy: 'ГУ МВД России по г. Санкт-Петербургу и Ленинградской области',
    },
  ],
  kids: [],
  roles: [],
});

const letnyaya = (): EsiaPerson => ({
  oid: 1000000003,
  login: { password: PASSWORD },
  trusted: false,
  firstName: 'Ольга',
  lastName: 'Летняя',
  birthDate: '21.01.2001',
  gender: 'F',
  citizenship: 'RUS',
  updatedOn: 1790000000,
  contacts: [
    { id: 121, type: 'MBT', value: '+7(921)0000022', vrfStu: 'VERIFIED' },
    { id: 122, type: 'EML', value: 'olga.letnyaya@example.ru', vrfStu: 'VERIFIED' },
  ],
  addresses: [],
  documents: [],
  kids: [],
  roles: [],
});

const kamenny = (): EsiaPerson => ({
  oid: 1000000004,
  login: { password: PASSWORD },
  trusted: true,
  firstName: 'Олег',
  lastName: 'Каменный',
  middleName: 'Викторович',
  birthDate: '30.10.1985',
  birthPlace: 'гор. Кронштадт',
  gender: 'M',
  citizenship: 'RUS',
  snils: '930-653-096 00',
  inn: '470000078933',
  rIdDoc: 4441,
  updatedOn: 1790000000,
  contacts: [
    { id: 131, type: 'MBT', value: '+7(921)0000030', vrfStu: 'VERIFIED' },
    { id: 132, type: 'EML', value: 'oleg.kamenny@example.ru', vrfStu: 'VERIFIED' },
  ],
  addresses: [],
  documents: [
    {
      id: 4441,
      type: 'RF_PASSPORT',
      vrfStu: 'VERIFIED',
      series: '4005',
      number: '000777',
      issueDate: '15.11.2005',
      issueId: '780003',
      issuedBy: 'ТП № 3 ОУФМС по Санкт-Петербургу',
    },
    // Ends soon, whenever the sandbox is started, and is not checked yet.
    {
      id: 4442,
      type: 'FRGN_PASS',
      vrfStu: 'NOT_VERIFIED',
      series: '53',
      number: '1234567',
      issueDate: '10.01.2017',
      expiryDate: inDays(31),
      issuedBy: 'ФМС 78003',
      latinFirstName: 'OLEG',
      latinLastName: 'KAMENNYI',
    },
    { id: 4443, type: 'MDCL_PLCY', vrfStu: 'VERIFIED', number: '9900000000003337' },
    {
      id: 4444,
      type: 'MLTR_ID',
      vrfStu: 'VERIFIED',
      series: 'АА',
      number: '0001234',
      issueDate: '01.12.2007',
      issuedBy: 'Военный комиссариат Кронштадтского района (пример)',
    },
  ],
  kids: [],
  roles: [{ oid: 1000000901, chief: true, admin: true }],
});

/** Fresh copies of the sample people: what one run of the sandbox changes in them does not reach another. */
export const samplePeople = (): EsiaPerson[] => [nevskaya(), sadovy(), letnyaya(), kamenny()];

export const sampleOrganizations: readonly EsiaOrganization[] = [
  {
    oid: 1000000901,
    fullName: 'Общество с ограниченной ответственностью «Образец»',
    shortName: 'ООО «Образец»',
    type: 'LEGAL',
    ogrn: '1007800001230',
    inn: '7800000122',
    kpp: '780001001',
    leg: '12300',
    email: 'info@obrazets.example.ru',
    phone: '+7(812)0000090',
    staffCount: 3,
  },
];
