import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { HoldFiles } from './store-file.command.js';

@CommandHandler(HoldFiles)
export class HoldFilesHandler implements ICommandHandler<HoldFiles> {
  constructor(private readonly files: StoredFileRepository) {}

  async execute({ holder, fileIds }: HoldFiles): Promise<void> {
    await this.files.hold(holder, fileIds);
  }
}
