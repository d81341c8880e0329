import { Module } from '@nestjs/common';
import { Messages } from './messages.js';
import { TEMPLATES, Views } from './views.js';

/** Templates and words, compiled and read at start. */
@Module({
  providers: [{ provide: Messages, useFactory: () => new Messages(TEMPLATES) }, Views],
  exports: [Messages, Views],
})
export class ViewsModule {}
