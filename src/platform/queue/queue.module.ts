import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ForgetProcessedEvents } from '../outbox/forget-processed-events.job.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { Reactions } from '../outbox/reactions.js';
import { EventQueue } from './event-queue.js';
import { BackgroundWorker } from './worker.js';

/** Outbox, event queue and recurring jobs. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [EventQueue, Reactions, OutboxRelay, BackgroundWorker, ForgetProcessedEvents],
  exports: [EventQueue, Reactions, OutboxRelay, BackgroundWorker],
})
export class QueueModule {}
