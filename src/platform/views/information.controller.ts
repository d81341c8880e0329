import { Controller, Get } from '@nestjs/common';

import { page, type Page } from '../http/page.js';
import { Public } from '../http/principal.js';

/** Pages that only hold words: the same for everybody. */
@Controller()
@Public()
export class InformationController {
  @Get('help')
  help(): Page {
    return page('public/help', { title: 'Помощь' }, { layout: 'public' });
  }

  @Get('accessibility')
  accessibility(): Page {
    return page('public/accessibility', { title: 'Доступность портала' }, { layout: 'public' });
  }

  @Get('rules')
  rules(): Page {
    return page('public/rules', { title: 'Правила пользования порталом' }, { layout: 'public' });
  }
}
