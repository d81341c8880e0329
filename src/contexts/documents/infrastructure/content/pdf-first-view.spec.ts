import { objectStream } from '../../../../../test/support/attack-files.js';
import { pdf } from '../../../../../test/support/sample-files.js';
import { ActiveContent } from '../../domain/stored-file.errors.js';
import { checkPdf } from './pdf.js';

const VIEW = '<< /S /GoTo /D [3 0 R /Fit] >>';
const LINK = '<< /S /URI /URI (http://example.ru) >>';

describe('a PDF that turns to a page when it is opened', () => {
  it.each([
    ['by a destination', pdf({ extra: '/OpenAction [3 0 R /Fit]' })],
    ['by an action', pdf({ extra: `/OpenAction ${VIEW}` })],
    ['by an action of its own object', pdf({ extra: '/OpenAction 5 0 R', objects: [VIEW] })],
    ['by a destination of its own object', pdf({ extra: '/OpenAction 5 0 R', objects: ['[3 0 R /Fit]'] })],
    ['by a packed action', pdf({ extra: '/OpenAction 9 0 R', objects: [objectStream(VIEW)] })],
    ['although another object is a link', pdf({ extra: '/OpenAction 5 0 R', objects: [VIEW, LINK] })],
  ])('is taken: %s', async (_how, bytes) => expect(checkPdf(bytes)).resolves.toBeUndefined());

  it.each([
    ['a link', pdf({ extra: `/OpenAction ${LINK}` })],
    ['a link of its own object', pdf({ extra: '/OpenAction 5 0 R', objects: [LINK] })],
    ['a packed link', pdf({ extra: '/OpenAction 9 0 R', objects: [objectStream(LINK)] })],
    ['an object that is not there', pdf({ extra: '/OpenAction 19 0 R' })],
    [
      'an object written twice',
      pdf({ extra: '/OpenAction 5 0 R', objects: [VIEW] })
        .toString('latin1')
        .replace('xref\n', `5 0 obj\n${LINK}\nendobj\nxref\n`),
    ],
    ['something after the page', pdf({ extra: '/OpenAction << /S /GoTo /D (a) /Next 5 0 R >>', objects: [LINK] })],
    ['two acts under two spellings', pdf({ extra: '/OpenAction 5 0 R', objects: ['<< /#53 /URI /S /GoTo /D (a) >>'] })],
    ['an act under another spelling', pdf({ objects: [objectStream('<< /Open#41ction 5 0 R >>'), LINK] })],
    ['a page of another file', pdf({ extra: '/OpenAction << /S /GoToR /F (a.pdf) >>' })],
    ['nothing that can be read', pdf({ extra: '/OpenAction % 5 0 R' })],
  ])('is refused when it opens %s', async (_what, bytes) =>
    expect(checkPdf(Buffer.from(bytes.toString('latin1'), 'latin1'))).rejects.toThrow(ActiveContent),
  );
});
