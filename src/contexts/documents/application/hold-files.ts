import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { HoldFiles, ReleaseFiles } from './store-file.command.js';

@CommandHandler(HoldFiles)
export class HoldFilesHandler implements ICommandHandler<HoldFiles> {
  constructor(private readonly files: StoredFileRepository) {}

  async execute({ holder, fileIds }: HoldFiles): Promise<void> {
    await this.files.hold(holder, fileIds);
  }
}

@CommandHandler(ReleaseFiles)
export class ReleaseFilesHandler implements ICommandHandler<ReleaseFiles> {
  constructor(private readonly files: StoredFileRepository) {}

  async execute({ holder }: ReleaseFiles): Promise<void> {
    await this.files.release(holder);
  }
}
