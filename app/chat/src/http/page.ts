import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The page, as `npm run build` made it.
 * @throws Error where it was not built.
 */
export async function addPage(http: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`${folder}: holds no index.html; expected the built page. Run: npm run build -w app/chat`);
  }
  await http.register(fastifyStatic, {
    root: folder,
    // Its own header would win over ours.
    cacheControl: false,
    // Names of assets carry a hash of what is in them; index.html does not.
    setHeaders: (response, path) => {
      const asset = path.startsWith(join(folder, 'assets'));
      response.setHeader('cache-control', asset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
