import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Config } from './platform/config/config.js';
import { PlatformModule } from './platform/platform.module.js';

/** The table of contents: what the product is made of. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot({ rethrowUnhandled: true }), PlatformModule.forRoot(config, [])],
    };
  }
}
