import { Global, Module } from '@nestjs/common';

import { InformationController } from './information.controller.js';
import { Messages } from './messages.js';
import { TEMPLATES, Views } from './views.js';
import { VisionController } from './vision.controller.js';

/** Templates and words, compiled and read at start, and the pages that belong to no context. */
@Global()
@Module({
  controllers: [InformationController, VisionController],
  providers: [{ provide: Messages, useFactory: () => new Messages(TEMPLATES) }, Views],
  exports: [Messages, Views],
})
export class ViewsModule {}
