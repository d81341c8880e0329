import { Body, Controller, Post, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';

import { seeOther, type SeeOther } from '../http/page.js';
import { Public } from '../http/principal.js';
import { VISION_COOKIE, visionOf, writeVision } from './vision.js';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
/** A path of this portal: one slash, then no second one and no backslash that a browser would read as another host. */
const OWN_PATH = /^\/(?![/\\])[^\\\s]*$/;

/** Switches the version for the visually impaired on, off or to other settings, and goes back to the page it was switched from. */
@Controller('vision')
@Public()
export class VisionController {
  @Post()
  switch(@Body() body: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): SeeOther {
    const back = typeof body['back'] === 'string' && OWN_PATH.test(body['back']) ? body['back'] : '/';
    const options = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
    if (body['off']) {
      void reply.clearCookie(VISION_COOKIE, options);
      return seeOther(back, { notice: 'platform.vision-off' });
    }
    void reply.setCookie(VISION_COOKIE, writeVision(visionOf(body)), { ...options, maxAge: YEAR_SECONDS });
    return seeOther(back, { notice: 'platform.vision-on' });
  }
}
