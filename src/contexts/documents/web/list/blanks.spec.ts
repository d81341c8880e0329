import { type PersonalDocumentEntry } from '../../application/cabinet-documents.query.js';
import { blanksOf } from './blanks.js';

const PETER = { id: 'peter', name: 'Невский Пётр' };
const entry = (kindCode: string, child: typeof PETER | null = null) => ({ kindCode, child }) as PersonalDocumentEntry;
const offered = (...given: Parameters<typeof blanksOf>) => blanksOf(...given).map(({ href }) => href.split('/').at(-1));

describe('blanks for missing documents', () => {
  it('begin with the five kinds of ESIA and ask men for the military ID', () => {
    const own = ['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'SNILS', 'INN', 'OMS_POLICY', 'DRIVING_LICENCE'];
    expect(offered([], { sex: 'F', children: [] })).toEqual(own);
    expect(offered([], { sex: 'M', children: [] })).toEqual([...own, 'MILITARY_ID']);
    expect(offered([], { sex: null, children: [] })).toEqual([...own, 'MILITARY_ID']);
  });

  it('are filled only by a document of the same person', () => {
    const family = { sex: 'F', children: [PETER] } as const;
    expect(offered([entry('SNILS', PETER)], family)).toContain('SNILS');
    expect(offered([entry('SNILS')], family)).not.toContain('SNILS');
    expect(offered([entry('RF_BIRTH_CERTIFICATE')], family)).toContain('RF_BIRTH_CERTIFICATE?child=peter');
    expect(offered([entry('RF_BIRTH_CERTIFICATE', PETER)], family)).not.toContain('RF_BIRTH_CERTIFICATE?child=peter');
  });
});
