import { join } from 'node:path';
import { runService } from '@slipway/common/service';
import { startChat } from './chat';
import { seedDemo } from './demo';
import { chatSettings, contradictions, originsOf } from './settings';

runService({
  name: 'chat',
  table: chatSettings,
  flags: { demo: 'Make people and rooms to look at, once; prints the password of those that it made.' },
  check: contradictions,
  start: async (settings, log, flags) => {
    const { chat, steps } = await startChat(settings, log, join(__dirname, 'page'));
    if (flags.has('demo')) await seedDemo(chat, console.log);
    if (process.stdout.isTTY) console.log(`\n  Open ${originsOf(settings)[0]}\n`);
    return steps;
  },
});
